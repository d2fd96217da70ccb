/** Instants shown in a zone, and wall-clock times turned into instants; the only date arithmetic of the clinic's screens. */

export interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let made = formatters.get(zone);
  if (!made) {
    made = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      calendar: "iso8601",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formatters.set(zone, made);
  }
  return made;
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: zone });
    return zone !== "";
  } catch {
    return false;
  }
}

/** The wall clock in `zone` at an instant. */
export function wallAt(instant: Date | string, zone: string): Wall {
  const parts = formatter(zone).formatToParts(new Date(instant));
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: value("year"),
    month: value("month"),
    day: value("day"),
    hour: value("hour"),
    minute: value("minute"),
    second: value("second"),
  };
}

/** The wall clock as its writer saw it: the fields of an RFC 3339 text, its offset left alone. */
export function wallAsWritten(text: string): Wall | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2}))?/.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  return {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    hour: hour ?? 0,
    minute: minute ?? 0,
    second: second || 0,
  };
}

function asUtc(wall: Wall): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

/** Minutes east of UTC in `zone` at an instant. */
export function offsetAt(instant: Date | string, zone: string): number {
  const time = new Date(instant).getTime();
  return Math.round((asUtc(wallAt(new Date(time), zone)) - time) / MINUTE);
}

export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** "2026-02-09", "14:02" in `zone` as RFC 3339; null for a time that the clocks skipped. Of a time that came twice, the first. */
export function toInstant(date: string, time: string, zone: string): string | null {
  const wall = wallAsWritten(`${date}T${time}`);
  if (!wall || !isRealDate(date)) return null;
  const guess = asUtc(wall);
  const offsets = [offsetAt(new Date(guess - DAY), zone), offsetAt(new Date(guess + DAY), zone)];
  for (const offset of offsets) {
    if (offsetAt(new Date(guess - offset * MINUTE), zone) === offset)
      return `${date}T${pad(wall.hour)}:${pad(wall.minute)}:${pad(wall.second)}${offsetText(offset)}`;
  }
  return null;
}

export function isRealDate(date: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

export function dateInput(instant: Date | string, zone: string): string {
  const wall = wallAt(instant, zone);
  return `${wall.year}-${pad(wall.month)}-${pad(wall.day)}`;
}

export function timeInput(instant: Date | string, zone: string): string {
  const wall = wallAt(instant, zone);
  return `${pad(wall.hour)}:${pad(wall.minute)}`;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

export function clock(wall: Wall): string {
  return `${pad(wall.hour)}:${pad(wall.minute)}`;
}

export function shortDate(wall: Wall, withYear = true): string {
  const text = `${wall.day} ${MONTHS[wall.month - 1] ?? ""}`;
  return withYear ? `${text} ${wall.year}` : text;
}

/** "15 Jun 2026" of "2026-06-15". */
export function dayText(date: string): string {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  return shortDate({ year, month, day, hour: 0, minute: 0, second: 0 });
}

export function weekday(wall: Wall): string {
  return WEEKDAYS[new Date(asUtc(wall)).getUTCDay()] ?? "";
}

/** "9 Feb 2026, 14:02" in the zone. */
export function dateTime(instant: string, zone: string): string {
  const wall = wallAt(instant, zone);
  return `${shortDate(wall)}, ${clock(wall)}`;
}

export function calendarDays(from: Wall, to: Wall): number {
  const midnight = (wall: Wall) => Date.UTC(wall.year, wall.month - 1, wall.day);
  return Math.round((midnight(to) - midnight(from)) / DAY);
}

/** Whole local days between T0 and a moment; day 0 is the day of the injection. */
export function dayCount(performedAt: string, moment: Date | string, zone: string): number {
  return calendarDays(wallAt(performedAt, zone), wallAt(moment, zone));
}

/** "+35 min", "+2 h 05" on the first day, then "day 4"; before T0 "-20 min". */
export function sinceT0(performedAt: string, moment: string, zone: string): string {
  const minutes = Math.round((Date.parse(moment) - Date.parse(performedAt)) / MINUTE);
  const size = Math.abs(minutes);
  if (size >= 24 * 60) return `day ${dayCount(performedAt, moment, zone)}`.replace("-", "\u2212");
  const sign = minutes < 0 ? "\u2212" : "+";
  return size < 60
    ? `${sign}${size} min`
    : `${sign}${Math.floor(size / 60)} h ${pad(size % 60)}`;
}

/** "12 min ago", "5 h ago", "yesterday, 21:04", then the date. */
export function ago(instant: string, now: Date, zone: string): string {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / MINUTE);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const then = wallAt(instant, zone);
  const days = calendarDays(then, wallAt(now, zone));
  if (days === 0 || minutes < 12 * 60) return `${Math.floor(minutes / 60)} h ago`;
  if (days === 1) return `yesterday, ${clock(then)}`;
  return shortDate(then, then.year !== wallAt(now, zone).year);
}

/** "due 14:17", and once that has passed by how much. */
export function dueText(dueAt: string, now: Date, zone: string): string {
  if (now.getTime() <= Date.parse(dueAt)) return `due ${clock(wallAt(dueAt, zone))}`;
  const late = ago(dueAt, now, zone);
  if (late === "just now") return "due now";
  return late.endsWith(" ago") ? `overdue for ${late.slice(0, -4)}` : `overdue since ${late}`;
}

/** "9:05" left until an instant, or null once it has passed. */
export function countdown(until: string, now: number): string | null {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (seconds <= 0) return null;
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${pad(Math.floor((seconds % 3600) / 60))} min`;
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}`;
}
