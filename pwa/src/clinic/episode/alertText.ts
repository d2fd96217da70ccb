/** Why an alert stands at its level, and what became of it. */
import { type LevelWindow, WINDOWS } from "../redFlags";
import { dateTime } from "../time";
import type { Alert } from "../types";
import { ALERT_LEVELS, ALERT_OUTCOMES, RED_FLAGS, wordsFor } from "../words";

const HOUR = 3_600_000;

/** The rule table's title of the red flag, as the server sends it. */
export function kindText(alert: Alert): string {
  return alert.title && alert.title !== alert.kind ? alert.title : wordsFor(RED_FLAGS, alert.kind);
}

/** "30 h after T0; from 24 h on this is an emergency", as far as the time decided the level. */
export function whyText(alert: Alert, feltAt: string, performedAt: string | null): string | null {
  if (!performedAt) return null;
  const hours = (Date.parse(feltAt) - Date.parse(performedAt)) / HOUR;
  if (hours < 0) return "before T0";
  const since = `${sinceText(hours)} after T0`;
  const windows = WINDOWS.get(alert.kind) ?? [];
  const own = windows.find(({ after_h, to_h }) => hours > (after_h ?? -1) && hours <= (to_h ?? Infinity));
  if (!own || windows.length < 2) return since;
  const level = wordsFor(ALERT_LEVELS, alert.level).toLowerCase();
  if (own.level !== alert.level) return `${since}; ${level} by the patient's answers`;
  return `${since}; ${spanText(own)}: ${level}`;
}

function spanText({ after_h, to_h }: LevelWindow): string {
  if (after_h === null) return `up to ${sinceText(to_h ?? 0)}`;
  return to_h === null ? `from ${sinceText(after_h)} on` : `${sinceText(after_h)} to ${sinceText(to_h)}`;
}

function sinceText(hours: number): string {
  if (hours < 1) return `${Math.floor(hours * 60)} min`;
  return hours < 72 ? `${Math.floor(hours)} h` : `${Math.floor(hours / 24)} days`;
}

/** "reported 9 Feb 2026, 14:02; seen by Dr Halvorsen 9 Feb 2026, 14:30, 13 min late". */
export function seenText(alert: Alert, zone: string): string {
  const { acknowledged_at: seen, due_at: due } = alert;
  const by = alert.acknowledged_by ? ` by ${alert.acknowledged_by}` : "";
  const told = `reported ${dateTime(alert.opened_at, zone)}`;
  return seen ? `${told}; seen${by} ${dateTime(seen, zone)}${due ? `, ${lateText(seen, due)}` : ""}` : told;
}

/** "looked after by Dr Ek", then "advice given, closed by Dr Ek". */
export function outcomeText(alert: Alert): string {
  if (!alert.outcome) return alert.owner ? `looked after by ${alert.owner}, no outcome yet` : "no outcome yet";
  const outcome = wordsFor(ALERT_OUTCOMES, alert.outcome).toLowerCase();
  return alert.closed_by ? `${outcome}, closed by ${alert.closed_by}` : outcome;
}

function lateText(seen: string, due: string): string {
  const minutes = Math.floor((Date.parse(seen) - Date.parse(due)) / 60_000);
  if (minutes < 1) return "in time";
  return minutes < 120 ? `${minutes} min late` : `${sinceText(minutes / 60)} late`;
}
