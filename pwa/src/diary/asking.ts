/** When the app asks about red flags by itself, and when a reported symptom is due to be checked again. */
import { hoursSince, performedAt } from "./episode.ts";
import { triage, type Report } from "./flags.ts";
import type { FlagReport } from "./head.ts";
import { dayIn, HOUR } from "./moment.ts";
import type { Episode } from "./record.ts";

const FOUR_HOURS = "h4";
const FOUR_HOURS_FROM = 3.5;
const RECHECK_OPEN_H = 24;

/** After a saved check-in: the first of each day, and the one 4 hours after the injection. `slot`: the check-in it answered. */
export function asksForFlags(episode: Episode, reports: readonly FlagReport[], slot: string | null, now: number): boolean {
  const t0 = performedAt(episode);
  if (t0 === null || now < t0) return false;
  const today = dayIn(episode.zone, now);
  const times = reports.map(({ body }) => Date.parse(body.taken_at)).filter((at) => at >= t0);
  if (!times.some((at) => dayIn(episode.zone, at) === today)) return true;
  return slot === FOUR_HOURS && !times.some((at) => at >= t0 + FOUR_HOURS_FROM * HOUR);
}

/** The symptom whose recheck time has come, until it was answered or a day has passed. */
export function recheckDue(episode: Episode, reports: readonly FlagReport[], now: number): string | null {
  const last = reports.at(-1);
  const hours = hoursSince(episode, now);
  if (!last || hours === null) return null;
  const then = hoursSince(episode, Date.parse(last.body.taken_at));
  const { findings } = triage(last.body.reports as Report[], then, episode.region);
  const waiting = findings.find((one) => one.recheckAtHours !== null && one.recheckAtHours <= hours && hours <= one.recheckAtHours + RECHECK_OPEN_H);
  return waiting?.code ?? null;
}
