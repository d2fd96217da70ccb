/** What was tapped, in words. */
import { COMPLICATIONS, wordsFor } from "../words";
import type { Tap } from "./taps";
import type { Mark } from "./types";

const MARKS: Readonly<Record<Mark, string>> = { pre: "before", m15: "at 15 min", m30: "at 30 min" };

export function tapText(tap: Tap): string {
  if (tap.kind === "score") return `score ${tap.form.pain} ${MARKS[tap.form.mark]}`;
  if (tap.kind === "injection") return "the moment of the injection";
  if (tap.form.code === null) return tap.form.present ? "no complication" : "“none seen” taken back";
  const words = wordsFor(COMPLICATIONS, tap.form.code);
  return tap.form.present ? words : `${words} taken back`;
}
