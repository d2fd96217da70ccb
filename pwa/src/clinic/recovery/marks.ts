/** Where each mark of the first half hour stands at a moment; the windows are those of the protocol. */
import type { Mark, RecoveryRow, Score } from "./types";

const MINUTE = 60_000;
export const MINUTES: Readonly<Record<"m15" | "m30", number>> = { m15: 15, m30: 30 };
const ON_TIME = 10;
/** From here on a score of now belongs to the next mark. */
const TAKES_NOW: Readonly<Record<"m15" | "m30", number>> = { m15: 22, m30: 37 };
/** How long before the injection a score still counts as the one before it. */
const BEFORE = 60;
/** After this a patient needs nothing more of the room. */
export const WATCHED = 45;

export type MarkState =
  | { kind: "done"; score: Score }
  | { kind: "later"; inMinutes: number }
  | { kind: "due"; late: boolean }
  | { kind: "missed" }
  | { kind: "locked" };

export function minutesSince(row: RecoveryRow, now: number): number | null {
  return row.performed_at === null ? null : (now - Date.parse(row.performed_at)) / MINUTE;
}

export function markState(row: RecoveryRow, mark: Mark, now: number): MarkState {
  const score = row.scores[mark];
  if (score) return { kind: "done", score };
  const since = minutesSince(row, now);
  if (mark === "pre") return since === null ? { kind: "due", late: false } : { kind: "locked" };
  const at = MINUTES[mark];
  if (since === null) return { kind: "locked" };
  if (since < at - ON_TIME) return { kind: "later", inMinutes: Math.ceil(at - since) };
  if (since > TAKES_NOW[mark]) return { kind: "missed" };
  return { kind: "due", late: since > at };
}

function isWanted(state: MarkState): boolean {
  return state.kind === "due" && state.late;
}

/** Whether the score before is old enough to be asked again. */
export function isStale(row: RecoveryRow, now: number): boolean {
  const taken = row.performed_at === null ? row.scores.pre?.taken_at : null;
  return taken ? now - Date.parse(taken) > BEFORE * MINUTE : false;
}

export interface Groups {
  watched: RecoveryRow[];
  waiting: RecoveryRow[];
  finished: RecoveryRow[];
}

/** Who is being watched, longest first; who waits for the injection; who needs nothing more. */
export function grouped(rows: readonly RecoveryRow[], now: number): Groups {
  const groups: Groups = { watched: [], waiting: [], finished: [] };
  for (const row of rows) {
    const since = minutesSince(row, now);
    if (since === null) groups.waiting.push(row);
    else if (since > WATCHED || (row.scores.m30 && since > MINUTES.m30 + ON_TIME)) groups.finished.push(row);
    else groups.watched.push(row);
  }
  groups.watched.sort((a, b) => Date.parse(a.performed_at ?? "") - Date.parse(b.performed_at ?? ""));
  return groups;
}

/** How many marks have come and want their score; one that may be asked a little early is not counted. */
export function dueCount(rows: readonly RecoveryRow[], now: number): number {
  return rows.reduce(
    (sum, row) => sum + (["m15", "m30"] as const).filter((mark) => isWanted(markState(row, mark, now))).length,
    0,
  );
}
