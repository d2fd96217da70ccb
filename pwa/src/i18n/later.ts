/** The texts of the screens that load after the first one, in the language in use. */
import type { LaterTexts } from "./enLater.ts";
import type { Language } from "./languages.ts";
import { LATER } from "./loading.ts";

export let later: LaterTexts;

export async function speakLater(language: Language): Promise<void> {
  later = await LATER[language]();
}

/** The words for a code that came from a table or the server; undefined where there are none. */
export function wordsFor(words: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(words, code) ? words[code] : undefined;
}
