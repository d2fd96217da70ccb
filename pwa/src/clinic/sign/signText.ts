/** Words of the sign-off. */
import { FLARES, STEROID_STATUSES, VERDICTS, wordsFor } from "../words";
import type { Moved, SignState } from "./types";

export const STATES: Readonly<Record<SignState, string>> = {
  unsigned: "not signed",
  signed: "signed",
  reopened: "re-opened",
};

export const CONCLUSIONS: Readonly<Record<string, string>> = {
  consistent: "Consistent",
  argues_against: "Argues against",
  undecided: "Undecided",
  not_readable: "Not readable",
};

const ENDS: Readonly<Record<string, string>> = {
  goes_on: "goes on",
  loss: "lost",
  repeat: "to the repeat injection",
  surgery: "to surgery",
  analgesic: "ended by an analgesic",
};

/** "pending", "positive", "L50 goes on": one side of a move, in words. */
export function sideText(answer: Moved["answer"], code: string): string {
  if (answer === "anaesthetic") return wordsFor(VERDICTS, code);
  if (answer === "flare") return wordsFor(FLARES, code);
  if (answer === "steroid") return wordsFor(STEROID_STATUSES, code);
  const [headline = "", end] = code.split(" ");
  if (!end) return headline === "none" ? "no relief yet" : headline;
  return `${headline} ${ENDS[end] ?? end}`;
}

/** "flare: pending → none"; a figure that moved under the same name says so. */
export function moveText(moved: Moved): string {
  const before = sideText(moved.answer, moved.before);
  const after = sideText(moved.answer, moved.after);
  return before === after ? `${after}, other figures` : `${before} → ${after}`;
}

export function causeText(moved: Moved): string {
  if (moved.cause === "record") return "the record was corrected";
  if (moved.cause === "time") return "time has passed";
  return moved.entries.length === 1 ? "by 1 entry" : `by ${moved.entries.length} entries`;
}
