/** What the app has to tell beside the patient's own business: one thing at a time, the gravest first. */
import { DAY } from "../diary/moment.ts";
import type { Way } from "./install.ts";
import type { Model } from "./model.ts";

export type Note = "waiting" | "recovered" | "unreminded" | "unset" | "install";

/** What may wait until the screen has said what it has to say. */
export const OFFERS: ReadonlySet<Note> = new Set<Note>(["unset", "install"]);

const PUT_OFF_MS = 7 * DAY;

/** `phoneNow`: what the phone's clock shows. */
export function noteOf(model: Model, way: Way | null, phoneNow: number): Note | null {
  if (model.unsent.some(({ recorded }) => phoneNow - Date.parse(recorded.local) > DAY)) return "waiting";
  if (model.meta.recovered_at !== undefined) return "recovered";
  const unreminded = model.place.kind === "ended" ? undefined : model.meta.unreminded;
  if (unreminded && unreminded.why !== "unset") return "unreminded";
  const askable = !isPutOff(model.meta.install_put_off_at, phoneNow);
  // Only who has saved something knows what the app is for.
  const hasSaved = model.entries.some(({ head }) => head.by === "patient");
  // Before reminders: an iPhone can show them only from the home screen, and the installed app keeps the diary best.
  if (way !== null && askable && hasSaved) return "install";
  return unreminded && !isPutOff(model.meta.reminders_put_off_at, phoneNow) ? "unset" : null;
}

function isPutOff(at: number | undefined, phoneNow: number): boolean {
  return at !== undefined && phoneNow - at <= PUT_OFF_MS;
}
