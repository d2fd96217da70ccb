/** Times and dates as the language in use writes them. */
import { TRAITS, type Language } from "./languages.ts";
import { DIGITS } from "../diary/digits.ts";

type Written = (ms: number) => string;

interface Formats {
  clock: Written;
  shortDay: Written;
  longDay: Written;
  dayOfYear: Written;
  fromToday: (days: number) => string;
}

/** The patient's own variety of the language where the phone names one, such as "es-MX". */
export function localeOf(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? TRAITS[language].locale;
}

export function formatsOf(locale: string): Formats {
  // The diary counts in the calendar of the clinic, also where a region has another one. Made when first used: a phone needs
  // several milliseconds for each, and the first screen writes few dates.
  const format = (options: Intl.DateTimeFormatOptions): Written => {
    let made: Intl.DateTimeFormat | undefined;
    return (ms) => (made ??= new Intl.DateTimeFormat(locale, { ...options, numberingSystem: DIGITS, calendar: "gregory" })).format(ms);
  };
  let relative: Intl.RelativeTimeFormat | undefined;
  return {
    clock: format({ timeStyle: "short" }),
    shortDay: format({ weekday: "short", day: "numeric", month: "short" }),
    longDay: format({ weekday: "long", day: "numeric", month: "long" }),
    dayOfYear: format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    fromToday: (days) => (relative ??= new Intl.RelativeTimeFormat(`${locale.split("-u-")[0]}-u-nu-${DIGITS}`, { numeric: "auto" })).format(days, "day"),
  };
}
