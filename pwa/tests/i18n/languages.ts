/** All words of all languages, and each text as a patient reads it. */
import { ALL } from "../../src/i18n/all.ts";
import type { Language } from "../../src/i18n/languages.ts";

export const WORDS: Record<Language, unknown> = ALL;

type Make = (...given: unknown[]) => string;

/** Values a function of a text may be given: a site, side and time; a region; nothing; numbers of each plural form. */
const GIVEN = [["leg", "left", "14:02"], ["trunk", "both", "14:02"], ["arm", "right", "14:02"], ["cervical"], ["14:02"], [null, null], [0], [1], [2], [5], [11], [100], [1, 2, 7], [2, 2, 7], [5, 2, 7], [11, 2, 7], [100, 2, 7]];
const MISUSED = /undefined|NaN|null/;

export function texts(value: unknown, path = ""): [path: string, text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return called(value as Make, path);
  return Object.entries(value as object).flatMap(([key, item]) => texts(item, path === "" ? key : `${path}.${key}`));
}

/** The text for all values that make sense for it. */
function called(make: Make, path: string): [path: string, text: string][] {
  const made = GIVEN.flatMap((given): [string, string][] => {
    try {
      return [[`${path}(${given.join()})`, make(...given)]];
    } catch {
      return [];
    }
  });
  const sensible = made.filter(([, text]) => !MISUSED.test(text));
  if (sensible.length === 0) throw new Error(`no value makes a text of ${path}`);
  return sensible;
}
