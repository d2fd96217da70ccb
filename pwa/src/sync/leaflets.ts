/** Fetches the clinic's own words to its patients, in every language it has them in, to be read without a network too. */
import type { DiaryStore } from "../store/store.ts";
import { HEADERS } from "./wire.ts";

const ADDRESS = "/api/v1/patient/leaflets";
const TIMEOUT_MS = 20_000;

export interface Leaflet {
  language: string;
  version: number;
  text: string;
  /** Whether a physician of the clinic has accepted this version. */
  reviewed: boolean;
}

/** Keeps what there is now; without an answer what was kept stays. */
export async function fetchLeaflets(store: DiaryStore, send: typeof fetch): Promise<void> {
  const response = await send(ADDRESS, { headers: HEADERS, credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) return;
  const { leaflets } = (await response.json()) as { leaflets?: unknown };
  if (!Array.isArray(leaflets)) return;
  const { meta } = await store.snapshot();
  if (!meta.diary || JSON.stringify(meta.leaflets ?? []) === JSON.stringify(leaflets)) return;
  await store.change((tx) => tx.objectStore("meta").put(leaflets as Leaflet[], "leaflets"));
}
