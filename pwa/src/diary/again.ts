/** When the evenings come back for a week: after the first average above the 50 % line that follows an onset of relief. */
import type { Answered } from "./due.ts";
import { HOUR } from "./moment.ts";
import { zoneClock } from "./zone.ts";

const HALF_DAY = 12 * HOUR;
/** The 50 % line: at most half the baseline, and at least 2 points down. */
const HALF = 0.5;
const POINTS = 2;
/** An onset is looked for on these days; after the first span two averages close together confirm it. */
const DAILY_UNTIL = 28;
const WEEKLY_UNTIL = 42;
const WEEKLY_GAP = 8;

interface Average {
  day: number;
  pain: number;
}

/** The day (from T0's) of that average; null while there is none, or no baseline. */
export function againAfter(t0: number, zone: string, entries: readonly Answered[], baseline: number | null): number | null {
  if (baseline === null) return null;
  const averages = averagesOf(t0, zone, entries);
  const onset = averages.findIndex((_, at) => isOnset(averages, at, baseline));
  if (onset < 0) return null;
  return averages.slice(onset + 1).find(({ pain }) => pain > HALF * baseline)?.day ?? null;
}

/** The last average of each day from day 1 on, in order. */
function averagesOf(t0: number, zone: string, entries: readonly Answered[]): Average[] {
  const clock = zoneClock(zone);
  const byDay = new Map<number, number>();
  // The calendar is asked only for what can count: this runs over every entry of a long diary.
  const ordered = entries
    .flatMap(({ taken_at, scale, pain }) => (scale === "average_24h" && pain !== null ? [{ at: Date.parse(taken_at), pain }] : []))
    .filter(({ at }) => at > t0)
    .sort((a, b) => a.at - b.at);
  for (const { at, pain } of ordered) {
    const day = clock.day(at - HALF_DAY) - clock.day(t0);
    if (day >= 1) byDay.set(day, pain);
  }
  return [...byDay].map(([day, pain]) => ({ day, pain })).sort((a, b) => a.day - b.day);
}

function isOnset(averages: readonly Average[], at: number, baseline: number): boolean {
  const first = averages[at]!;
  const meets = ({ pain }: Average) => pain <= HALF * baseline && pain <= baseline - POINTS;
  if (!meets(first) || first.day > WEEKLY_UNTIL) return false;
  if (first.day <= DAILY_UNTIL) return averages.slice(at + 1).some((next) => next.day <= first.day + 2 && meets(next));
  const next = averages[at + 1];
  return next !== undefined && next.day <= WEEKLY_UNTIL && next.day - first.day <= WEEKLY_GAP && meets(next);
}
