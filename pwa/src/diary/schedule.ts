/** Which check-ins the default protocol plans around one injection; the same as the server's `schedule.py`. */
import { DAY, HOUR } from "./moment.ts";
import type { Scale } from "./record.ts";
import { type ZoneClock, zoneClock } from "./zone.ts";

export const PROTOCOL = "snrb-default/1";

export type Kind = "pre" | "early" | "hour" | "bedtime" | "day" | "week" | "month" | "again" | "pgic";

/** One planned check-in; all times in ms since 1970, both ends of a window belong to it. */
export interface Slot {
  readonly key: string;
  readonly kind: Kind;
  /** The scale that fills it; null for the one-tap impression of change. */
  readonly scale: Scale | null;
  readonly plannedAt: number;
  readonly onTimeFrom: number;
  readonly onTimeUntil: number;
  readonly lateUntil: number;
  /** The app offers it no more after this. */
  readonly backFillUntil: number;
  /** Counted when it is missing; offered check-ins are not. */
  readonly expected: boolean;
}

export interface Plan {
  /** T0 in ms. */
  readonly performedAt: number;
  readonly zone: string;
}

const MINUTE = HOUR / 60;
const EARLY_MINUTES = [15, 30, 45, 60];
const OFFERED_MINUTES = 45;
const HOURS = [2, 3, 4, 5, 6, 8];
export const EVENING_DAYS = days(1, 28);
const WEEKLY_DAYS = days(35, 84, 7);
const MONTHS = days(4, 12);
const PGIC_DAYS = [14, 28, 90, 180, 365];
const BACK_FILL = 48 * HOUR;
const EVENING = 21 * HOUR;
const EVENING_OPENS = 18 * HOUR;
const NOON = 12 * HOUR;
const WEEK = { onTime: 2, late: 3 };
const MONTH = { onTime: 5, late: 10 };

/** All check-ins around T0, ordered by their planned moment. RangeError for an unknown zone. */
export function slots({ performedAt, zone }: Plan): Slot[] {
  const clock = zoneClock(zone);
  const first = clock.day(performedAt);
  return [
    ...hours(performedAt, clock),
    ...evenings(clock, first),
    ...impressions(clock, first),
  ].sort((a, b) => a.plannedAt - b.plannedAt);
}

function hours(t0: number, clock: ZoneClock): Slot[] {
  const pre: Slot = {
    key: "pre",
    kind: "pre",
    scale: "now",
    plannedAt: t0,
    onTimeFrom: t0 - 60 * MINUTE,
    onTimeUntil: t0,
    lateUntil: t0,
    backFillUntil: t0,
    expected: true,
  };
  const early = EARLY_MINUTES.map((minutes) =>
    around(`m${minutes}`, "early", t0 + minutes * MINUTE, 10, 30, minutes !== OFFERED_MINUTES),
  );
  const hourly = HOURS.map((count) => around(`h${count}`, "hour", t0 + count * HOUR, 15, 60, true));
  const bedtime = evening(clock, "bedtime", "bedtime", clock.day(t0), "now", true);
  return [pre, ...early, ...hourly, ...(bedtime.plannedAt > t0 + 8 * HOUR ? [bedtime] : [])];
}

function evenings(clock: ZoneClock, first: number): Slot[] {
  return [
    ...EVENING_DAYS.map((day) => evening(clock, `d${day}`, "day", first + day, "average_24h", true)),
    ...WEEKLY_DAYS.map((day) => spread(clock, `w${day / 7}`, "week", first + day, WEEK)),
    ...MONTHS.map((month) => spread(clock, `mo${month}`, "month", sameDayLater(first, month), MONTH)),
  ];
}

function impressions(clock: ZoneClock, first: number): Slot[] {
  return PGIC_DAYS.map((day) => {
    const key = `pgic${day}`;
    if (EVENING_DAYS.includes(day)) return evening(clock, key, "pgic", first + day, null, false);
    return { ...spread(clock, key, "pgic", first + day, MONTH), scale: null, expected: false };
  });
}

function around(key: string, kind: Kind, at: number, onTime: number, late: number, expected: boolean): Slot {
  return {
    key,
    kind,
    scale: "now",
    plannedAt: at,
    onTimeFrom: at - onTime * MINUTE,
    onTimeUntil: at + onTime * MINUTE,
    lateUntil: at + late * MINUTE,
    backFillUntil: at + BACK_FILL,
    expected,
  };
}

export function evening(clock: ZoneClock, key: string, kind: Kind, day: number, scale: Scale | null, expected: boolean): Slot {
  const at = clock.at(day, EVENING);
  return {
    key,
    kind,
    scale,
    plannedAt: at,
    onTimeFrom: clock.at(day, EVENING_OPENS),
    onTimeUntil: clock.at(day + 1),
    lateUntil: clock.at(day + 1, NOON),
    backFillUntil: at + BACK_FILL,
    expected,
  };
}

function spread(clock: ZoneClock, key: string, kind: Kind, day: number, within: { onTime: number; late: number }): Slot {
  const at = clock.at(day, EVENING);
  const lateUntil = at + within.late * DAY;
  return {
    key,
    kind,
    scale: "average_24h",
    plannedAt: at,
    onTimeFrom: at - within.onTime * DAY,
    onTimeUntil: at + within.onTime * DAY,
    lateUntil,
    backFillUntil: lateUntil,
    expected: true,
  };
}

/** The same calendar day some months later, or that month's last day. */
function sameDayLater(day: number, months: number): number {
  const from = new Date(day * DAY);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), last)) / DAY;
}

export function days(from: number, to: number, step = 1): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / step) + 1) }, (_, index) => from + index * step);
}
