/** When the app asks about red flags by itself, and when a reported symptom is due to be checked again. */
import { hoursSince, performedAt } from "./episode.ts";
import { triage, type Report } from "./flags.ts";
import type { FlagReport } from "./head.ts";
import { HOUR, trueTime } from "./moment.ts";
import type { Episode } from "./record.ts";
import { daysBetween } from "./zone.ts";

const FOUR_HOURS_FROM = 3.5;
const RECHECK_OPEN_H = 24;

/**
 * After a saved entry: the first of each day, and the first from about 4 hours after the injection on, whichever check-in
 * it answers: the one at 4 hours may have been missed. `now` by the clinic's clock.
 */
export function asksForFlags(episode: Episode, reports: readonly FlagReport[], now: number): boolean {
  const t0 = performedAt(episode);
  if (t0 === null || now < t0) return false;
  const times = reports.map(takenAt).filter((at) => at >= t0);
  if (!times.some((at) => daysBetween(episode.zone, at, now) === 0)) return true;
  const from = t0 + FOUR_HOURS_FROM * HOUR;
  return now >= from && !times.some((at) => at >= from);
}

/**
 * The symptom whose recheck time has come. Only a word about that symptom ends it, or a day: neither "none of these"
 * nor another symptom says how this one is.
 */
export function recheckDue(episode: Episode, reports: readonly FlagReport[], now: number): string | null {
  const hours = hoursSince(episode, now);
  if (hours === null) return null;
  const latest = new Map<string, [Report | null, FlagReport]>();
  for (const report of reports) {
    for (const code of report.body.gone ?? []) latest.set(code, [null, report]);
    for (const symptom of report.body.reports as Report[]) latest.set(symptom.code, [symptom, report]);
  }
  for (const [code, [symptom, report]] of latest) {
    if (symptom && waits(episode, symptom, report, hours)) return code;
  }
  return null;
}

function waits(episode: Episode, symptom: Report, report: FlagReport, hours: number): boolean {
  const [finding] = triage([symptom], hoursSince(episode, takenAt(report)), episode.region).findings;
  const due = finding?.recheckAtHours ?? null;
  return due !== null && due <= hours && hours <= due + RECHECK_OPEN_H;
}

function takenAt({ body, head }: FlagReport): number {
  return trueTime(Date.parse(body.taken_at), head.recorded.skew_ms);
}
