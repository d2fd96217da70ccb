/** The texts and formats of the language in use. */
import { en, type Texts } from "./en.ts";

export type { Texts };

export const t: Texts = en;

/** The patient's own variety of the language, for the way times are written. */
export const locale: string = globalThis.navigator?.language?.startsWith("en") ? navigator.language : "en-GB";

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat(locale, options);
  return (ms: number) => formatter.format(ms);
};

/** 14:02 or 2:02 PM. */
export const clock = format({ timeStyle: "short" });
/** Sat 7 Mar. */
export const shortDay = format({ weekday: "short", day: "numeric", month: "short" });
/** Saturday, 7 March. */
export const longDay = format({ weekday: "long", day: "numeric", month: "long" });

/** Saturday, 7 March 2026. */
const dayOfYear = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

/** "today", "tomorrow", "yesterday", else the short day. `days`: from today. */
export function nearDay(days: number, ms: number): string {
  return Math.abs(days) <= 1 ? relative.format(days, "day") : shortDay(ms);
}

/** Saturday, 7 March, with the year when it is not this one's. */
export function dayFrom(now: number, ms: number): string {
  return new Date(now).getFullYear() === new Date(ms).getFullYear() ? longDay(ms) : dayOfYear(ms);
}

/** The clock today, with its day otherwise. */
export function momentFrom(now: number, ms: number): string {
  return new Date(now).toDateString() === new Date(ms).toDateString() ? clock(ms) : `${shortDay(ms)}, ${clock(ms)}`;
}
