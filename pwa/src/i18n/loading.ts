/** Fetches the words of one language, and only of that one; each is a file of its own. */
import type { Texts } from "./en.ts";
import type { LaterTexts } from "./enLater.ts";
import type { Language } from "./languages.ts";

export const FIRST: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => import("./en.ts").then(({ en }) => en),
  es: () => import("./es.ts").then(({ es }) => es),
  de: () => import("./de.ts").then(({ de }) => de),
  ar: () => import("./ar.ts").then(({ ar }) => ar),
};

export const LATER: Readonly<Record<Language, () => Promise<LaterTexts>>> = {
  en: () => import("./enLater.ts").then(({ enLater }) => enLater),
  es: () => import("./esLater.ts").then(({ esLater }) => esLater),
  de: () => import("./deLater.ts").then(({ deLater }) => deLater),
  ar: () => import("./arLater.ts").then(({ arLater }) => arLater),
};
