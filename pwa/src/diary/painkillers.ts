/** The painkillers this patient logs with one tap: those taken before, with their dose, then those the clinic knows of. */
import type { Entry } from "./head.ts";
import type { Episode } from "./record.ts";

export interface Painkiller {
  drug: string;
  dose_mg?: number;
}

const MOST = 3;

/** The newest first; each drug once, with the dose it was last taken in. `unnamed`: the word for an unnamed one. */
export function usualPainkillers(entries: readonly Entry[], episode: Episode, unnamed: string): Painkiller[] {
  const taken = entries.toReversed().flatMap(({ body }) => body.analgesics ?? []);
  const known = (episode.painkillers ?? []).map(({ drug }): Painkiller => ({ drug }));
  const found = new Map<string, Painkiller>();
  for (const { drug, dose_mg } of [...taken, ...known]) {
    const name = drug.trim().toLowerCase();
    if (name === unnamed || found.has(name)) continue;
    found.set(name, dose_mg === undefined ? { drug } : { drug, dose_mg });
  }
  return [...found.values()].slice(0, MOST);
}

export function samePainkiller(one: Painkiller, other: Painkiller): boolean {
  return one.drug === other.drug && one.dose_mg === other.dose_mg;
}
