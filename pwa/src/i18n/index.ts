/** The texts and formats of the language in use. `speak` comes first; afterwards everything here follows it. */
import type { Texts } from "./en.ts";
import { formatsOf, localeOf } from "./formats.ts";
import { TRAITS, type Language } from "./languages.ts";
import { FIRST } from "./loading.ts";

export type { Texts };

/** The words of the language in use: read them while rendering, never when a module loads. */
export let t: Texts;
export let language: Language = "en";
export let locale: string = TRAITS.en.locale;

let formats = formatsOf(locale);

/** Loads a language and makes it the one in use. Rejects, and changes nothing, where it cannot be loaded. */
export async function speak(next: Language): Promise<void> {
  const loaded = await FIRST[next]();
  const wanted = globalThis.navigator?.languages ?? [];
  t = loaded;
  language = next;
  locale = localeOf(next, wanted);
  formats = formatsOf(locale);
}

/** 14:02 or 2:02 PM. */
export const clock = (ms: number) => formats.clock(ms);
/** Sat 7 Mar. */
export const shortDay = (ms: number) => formats.shortDay(ms);
/** Saturday, 7 March. */
export const longDay = (ms: number) => formats.longDay(ms);

/** "today", "tomorrow", "yesterday", else the short day. `days`: from today. */
export function nearDay(days: number, ms: number): string {
  return Math.abs(days) <= 1 ? formats.fromToday(days) : shortDay(ms);
}

/** Saturday, 7 March, with the year when it is not this one's. */
export function dayFrom(now: number, ms: number): string {
  return new Date(now).getFullYear() === new Date(ms).getFullYear() ? longDay(ms) : formats.dayOfYear(ms);
}

/** The clock today, with its day otherwise. */
export function momentFrom(now: number, ms: number): string {
  return new Date(now).toDateString() === new Date(ms).toDateString() ? clock(ms) : t.common.pair(shortDay(ms), clock(ms));
}
