/** Counted words by the plural rules of a language, and values set into a sentence. */
import { DIGITS } from "../diary/digits.ts";
import type { Language } from "./languages.ts";

/** The plural forms of each language; a test holds them against `Intl.PluralRules`. */
export const FORMS = {
  en: ["one", "other"],
  es: ["one", "many", "other"],
  de: ["one", "other"],
  ar: ["zero", "one", "two", "few", "many", "other"],
} as const satisfies Record<Language, readonly Intl.LDMLPluralRule[]>;

type Forms<L extends Language> = Readonly<Record<(typeof FORMS)[L][number], string>>;

/** Makes the counter of a language: it picks the form for `n` and puts the number in place of "#". No form may be missing. */
export function plural<L extends Language>(language: L): (n: number, forms: Forms<L>) => string {
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  return (n, forms) => {
    rules ??= new Intl.PluralRules(language);
    numbers ??= new Intl.NumberFormat(language, { numberingSystem: DIGITS });
    return ((forms as Partial<Record<Intl.LDMLPluralRule, string>>)[rules.select(n)] ?? "#").replace("#", numbers.format(n));
  };
}

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** Keeps a name, number or time together inside a sentence that may run the other way. */
export function isolate(text: string | number): string {
  return `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`;
}
