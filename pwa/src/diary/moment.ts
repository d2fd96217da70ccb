/** Wall-clock readings of an instant in the phone's own zone, and what its clock is off by. */
import type { Recorded } from "./record.ts";

const MINUTE = 60_000;

export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How far a phone's clock may be off before it counts as wrong. */
const CLOCK_SLACK = 2 * MINUTE;

/** What a phone's clock is off by, ms; 0 while it is right enough or nobody knows. */
export function clockError(skewMs: number | null | undefined): number {
  return skewMs !== null && skewMs !== undefined && Math.abs(skewMs) > CLOCK_SLACK ? skewMs : 0;
}

/** The clinic's time of what a phone with this skew called `ms`. */
export function trueTime(ms: number, skewMs: number | null | undefined): number {
  return ms - clockError(skewMs);
}

/** RFC 3339 with the phone's offset at that instant, to the second: 2026-03-01T14:02:10+01:00. */
export function toRfc3339(ms: number): string {
  const offset = offsetMinutes(ms);
  const sign = offset < 0 ? "-" : "+";
  const size = Math.abs(offset);
  return `${wallClock(ms)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The phone's wall clock without offset: 2026-03-01T14:02:10. */
export function wallClock(ms: number): string {
  return new Date(ms + offsetMinutes(ms) * MINUTE).toISOString().slice(0, 19);
}

/** The calendar day YYYY-MM-DD of an instant in the phone's zone. */
export function localDay(ms: number): string {
  return wallClock(ms).slice(0, 10);
}

/** Whole calendar days from one instant to another as the phone's own clock counts them. */
export function localDaysBetween(fromMs: number, toMs: number): number {
  return Math.round((Date.parse(localDay(toMs)) - Date.parse(localDay(fromMs))) / DAY);
}

/** What the phone's clock said, to travel beside an entry. `aboutMs`: the instant whose day the entry belongs to. */
export function stamp(now: number, aboutMs: number, openedAt: number | null, skewMs: number | null): Recorded {
  return {
    day: localDay(aboutMs),
    local: wallClock(now),
    offset_min: offsetMinutes(now),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC",
    elapsed_ms: openedAt === null ? null : Math.max(0, Math.round(now - openedAt)),
    skew_ms: skewMs === null ? null : Math.round(skewMs),
  };
}

function offsetMinutes(ms: number): number {
  return -new Date(ms).getTimezoneOffset();
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
