/** The languages of the patient app, what each calls itself, and how its words and letters run. */

export const LANGUAGES = ["en", "es", "de", "ar"] as const;

export type Language = (typeof LANGUAGES)[number];

interface Traits {
  /** The name in the language itself, for somebody who reads no other. */
  name: string;
  dir: "ltr" | "rtl";
  /** The way of writing times and dates where the phone itself has another language. */
  locale: string;
}

export const TRAITS: Readonly<Record<Language, Traits>> = {
  en: { name: "English", dir: "ltr", locale: "en-GB" },
  es: { name: "Español", dir: "ltr", locale: "es" },
  de: { name: "Deutsch", dir: "ltr", locale: "de" },
  ar: { name: "العربية", dir: "rtl", locale: "ar" },
};

export function isLanguage(value: unknown): value is Language {
  return (LANGUAGES as readonly unknown[]).includes(value);
}

/** The first of the wanted languages that there is, such as "de" for "de-AT"; English where there is none. */
export function bestOf(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split("-")[0]).find(isLanguage) ?? "en";
}
