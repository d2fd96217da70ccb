/** What the app has to ask after something was saved. */
import { asksForFlags } from "../diary/asking.ts";
import { flagsInEntry } from "../diary/entry_flags.ts";
import { hoursSince } from "../diary/episode.ts";
import { trueTime } from "../diary/moment.ts";
import type { SavedForm } from "./saving.ts";

export interface Consequences {
  /** Symptoms of the red-flag table that follow from the entry. */
  flags: string[];
  /** Whether the daily red-flag question is due. */
  ask: boolean;
}

export function consequences({ before, operations, slot, at, asks }: SavedForm): Consequences {
  const { episode, reports, clockError } = before;
  const ask = asks && asksForFlags(episode, reports, slot, at - clockError);
  return { flags: flagsOf(before, operations), ask };
}

function flagsOf({ episode, entries }: SavedForm["before"], operations: SavedForm["operations"]): string[] {
  const baseline = episode.baseline.average ?? episode.baseline.pain;
  const hours = (at: string, skewMs: number | null) => hoursSince(episode, trueTime(Date.parse(at), skewMs));
  const changed = new Set(operations.map(({ entry_id }) => entry_id));
  const earlier = entries
    .filter(({ entryId }) => !changed.has(entryId))
    .map(({ body, head }) => [hours(body.taken_at, head.recorded.skew_ms), body] as const);
  const found = operations.flatMap((operation) => {
    if (operation.op !== "put" || operation.kind !== "entry") return [];
    const at = hours(operation.body.taken_at, operation.recorded.skew_ms);
    return flagsInEntry(operation.body, at, baseline, episode.region, earlier);
  });
  return [...new Set(found.map(({ code }) => code))];
}
