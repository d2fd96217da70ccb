/** Evenings the protocol offers around its planned check-ins; the same as the server's `schedule.py`. */
import { days, evening, EVENING_DAYS, type Plan, slots, type Slot } from "./schedule.ts";
import { type ZoneClock, zoneClock } from "./zone.ts";

export interface WiderPlan extends Plan {
  /** When the episode was planned: adds optional evenings from day -7 to the day before T0. */
  readonly plannedAt?: number;
  /** Day of the first average above the 50 % line after an onset: offers 7 daily evenings. */
  readonly againAfter?: number;
}

export const EARLY_EVENINGS = 7;
const DAILY_AGAIN_DAYS = 7;

/** The planned and the offered check-ins, ordered by their planned moment. RangeError for an unknown zone. */
export function widerSlots({ plannedAt, againAfter, ...plan }: WiderPlan): Slot[] {
  const clock = zoneClock(plan.zone);
  const first = clock.day(plan.performedAt);
  return [
    ...slots(plan),
    ...(plannedAt === undefined ? [] : earlyEvenings(clock, first, clock.day(plannedAt))),
    ...(againAfter === undefined ? [] : dailyAgain(clock, first, againAfter)),
  ].sort((a, b) => a.plannedAt - b.plannedAt);
}

function earlyEvenings(clock: ZoneClock, first: number, planned: number): Slot[] {
  return days(Math.max(-EARLY_EVENINGS, planned - first), -1).map((day) =>
    evening(clock, `d${day}`, "day", first + day, "average_24h", false),
  );
}

function dailyAgain(clock: ZoneClock, first: number, after: number): Slot[] {
  return days(after + 1, after + DAILY_AGAIN_DAYS)
    .filter((day) => !EVENING_DAYS.includes(day))
    .map((day) => evening(clock, `again${day}`, "again", first + day, "average_24h", false));
}
