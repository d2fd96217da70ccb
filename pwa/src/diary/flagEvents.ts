/** What happened to a red flag on this phone: its advice was shown, a call was begun. It goes to the clinic's log. */
import { envelope, type Writing } from "./compose.ts";
import { toRfc3339 } from "./moment.ts";
import type { FlagEventBody, Operation } from "./record.ts";

type Happened = Omit<FlagEventBody, "taken_at">;

export function flagEvent(happened: Happened, writing: Writing): Operation {
  return { ...envelope(writing, writing.now), op: "put", kind: "flag_event", body: { taken_at: toRfc3339(writing.now), ...happened } };
}
