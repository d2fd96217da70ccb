/** Tells the clinic which language the patient reads, for reminders and leaflets. */
import type { Language } from "../i18n/languages.ts";
import type { DiaryStore } from "../store/store.ts";
import { HEADERS } from "./wire.ts";

const ADDRESS = "/api/v1/patient/language";
const TIMEOUT_MS = 20_000;

/** True when the clinic knows it, or says it will not take it; false when it should be told again later. */
export async function tellLanguage(store: DiaryStore, send: typeof fetch, language: Language, textsVersion: string | null): Promise<boolean> {
  const { meta } = await store.snapshot();
  if (!meta.diary) return false;
  if (meta.language_told === language) return true;
  try {
    const body = JSON.stringify({ language, texts_version: textsVersion });
    const response = await send(ADDRESS, { method: "PUT", headers: HEADERS, body, credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 204) await store.change((tx) => tx.objectStore("meta").put(language, "language_told"));
    return response.status === 204 || response.status === 409;
  } catch {
    return false;
  }
}
