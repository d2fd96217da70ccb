/** What the app has to tell beside the patient's own business: one thing at a time, the gravest first. */
import { DAY } from "../diary/moment.ts";
import type { Way } from "./install.ts";
import type { Model } from "./model.ts";

export type Note = "waiting" | "recovered" | "install";

const PUT_OFF_MS = 7 * DAY;

/** `phoneNow`: what the phone's clock shows. */
export function noteOf(model: Model, way: Way | null, phoneNow: number): Note | null {
  if (model.unsent.some(({ recorded }) => phoneNow - Date.parse(recorded.local) > DAY)) return "waiting";
  if (model.meta.recovered_at !== undefined) return "recovered";
  const putOffAt = model.meta.install_put_off_at;
  const askable = putOffAt === undefined || phoneNow - putOffAt > PUT_OFF_MS;
  // Only who has saved something knows what the app is for.
  const hasSaved = model.entries.some(({ head }) => head.by === "patient");
  return way !== null && askable && hasSaved ? "install" : null;
}
