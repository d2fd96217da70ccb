/** The patient's own scores as points: the first day in hours, then one average a day, and every one as a row. No picture here. */
import type { Answered } from "../diary/due.ts";
import { DAY, HOUR } from "../diary/moment.ts";
import { zoneClock } from "../diary/zone.ts";

interface Point {
  /** Hours or days since T0. */
  x: number;
  pain: number;
  at: number;
}

export interface Panel {
  kind: "hours" | "days";
  points: Point[];
  /** The right end of the axis, and where it is labelled. */
  until: number;
  ticks: number[];
}

const FIRST_DAY_H = 24;
const DAYS_UNTIL = [7, 14, 28, 42, 84, 182, 365];

/** Panels with at least one point, in their order. `entries` as described by the clinic's clock. */
export function panelsOf(t0: number, zone: string, entries: readonly Answered[]): Panel[] {
  const ordered = entries.toSorted((a, b) => Date.parse(a.taken_at) - Date.parse(b.taken_at));
  return [hours(t0, ordered), days(t0, zone, ordered)].filter(({ points }) => points.length > 0);
}

/** A score as the table tells it: "now" at its moment, an average by the day it tells of. */
export interface Row {
  kind: Panel["kind"];
  pain: number;
  at: number;
}

/** Every answer about the pain since the injection in the order of time, also those that the picture leaves out. */
export function rowsOf(t0: number, entries: readonly Answered[]): Row[] {
  return entries
    .flatMap(({ taken_at, scale, pain }): Row[] => {
      const taken = Date.parse(taken_at);
      if (pain === null || taken < t0 || scale === "worst_24h") return [];
      return [scale === "now" ? { kind: "hours", pain, at: taken } : { kind: "days", pain, at: taken - DAY / 2 }];
    })
    .sort((a, b) => a.at - b.at);
}

function hours(t0: number, entries: readonly Answered[]): Panel {
  const points = entries.flatMap(({ taken_at, scale, pain }) => {
    const at = Date.parse(taken_at);
    const x = (at - t0) / HOUR;
    return scale === "now" && pain !== null && x >= 0 && x <= FIRST_DAY_H ? [{ x, pain, at }] : [];
  });
  const until = (points.at(-1)?.x ?? 0) <= 8 ? 8 : FIRST_DAY_H;
  return { kind: "hours", points, until, ticks: until === 8 ? [0, 2, 4, 6, 8] : [0, 6, 12, 18, 24] };
}

/** An average stands on the day it tells of; of two for one day the last counts. */
function days(t0: number, zone: string, entries: readonly Answered[]): Panel {
  const clock = zoneClock(zone);
  const byDay = new Map<number, Point>();
  for (const { taken_at, scale, pain } of entries) {
    const at = Date.parse(taken_at) - DAY / 2;
    const x = clock.day(at) - clock.day(t0);
    if (scale === "average_24h" && pain !== null && x >= 0) byDay.set(x, { x, pain, at });
  }
  const points = [...byDay.values()].sort((a, b) => a.x - b.x);
  const last = points.at(-1)?.x ?? 0;
  const until = DAYS_UNTIL.find((limit) => limit >= last) ?? last;
  return { kind: "days", points, until, ticks: [0, 1, 2, 3, 4].map((part) => Math.round((until * part) / 4)) };
}
