/** Which language this phone speaks, and how the page shows it. */
import { bestOf, isLanguage, TRAITS, type Language } from "../i18n/languages.ts";

/** Not with the diary: it is needed before the store is open, and outlives a sign-out. */
const KEY = "afterblock:language";

/** What the patient chose, else the phone's own language as far as there is one. */
export function chosenLanguage(): Language {
  const kept = read();
  return isLanguage(kept) ? kept : bestOf(navigator.languages);
}

/** Where the browser keeps nothing the choice holds until the app is closed. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    return;
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Puts the language on the page, for its direction, for screen readers and for the name on the home screen. */
export function wear(language: Language): void {
  const { documentElement } = document;
  documentElement.lang = language;
  documentElement.dir = TRAITS[language].dir;
  document.querySelector<HTMLLinkElement>('link[rel="manifest"]')?.setAttribute("href", manifestOf(language));
}

function manifestOf(language: Language): string {
  return language === "en" ? "/manifest.webmanifest" : `/manifest.${language}.webmanifest`;
}
