/** Every language at once: for the build and the checks of texts, never for a phone. */
import { ar } from "./ar.ts";
import { arLater } from "./arLater.ts";
import { de } from "./de.ts";
import { deLater } from "./deLater.ts";
import type { Texts } from "./en.ts";
import { en } from "./en.ts";
import type { LaterTexts } from "./enLater.ts";
import { enLater } from "./enLater.ts";
import { es } from "./es.ts";
import { esLater } from "./esLater.ts";
import type { Language } from "./languages.ts";

export const ALL: Readonly<Record<Language, readonly [Texts, LaterTexts]>> = {
  en: [en, enLater],
  es: [es, esLater],
  de: [de, deLater],
  ar: [ar, arLater],
};
