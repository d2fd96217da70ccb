/** From a filled form to saved entries, and what the app has to ask afterwards. */
import { asksForFlags } from "../diary/asking.ts";
import { newEntries, takenAt, type Draft } from "../diary/compose.ts";
import { flagsInEntry } from "../diary/entry_flags.ts";
import { hoursSince } from "../diary/episode.ts";
import type { Operation } from "../diary/record.ts";
import type { Model } from "./model.ts";
import type { Saving } from "./useSave.ts";

export interface SavedForm {
  at: number;
  operations: Operation[];
  /** Key of the check-in it answered. */
  slot: string | null;
  /** Null when there is no form to go back to. */
  draft: Draft | null;
  /** Symptoms of the red-flag table that follow from the entry. */
  flags: string[];
  /** Whether the daily red-flag question is due. */
  ask: boolean;
}

const CLOCK_SLACK_MS = 60_000;

/** What keeps a form from being saved. `scored`: the entry has a score already, so none is needed. */
export function formErrors(draft: Draft, now: number, scored = false): "score" | "future" | "time" | null {
  if (draft.pain === null && !scored) return "score";
  const at = takenAt(draft, now);
  if (at === null) return "time";
  return at > now + CLOCK_SLACK_MS ? "future" : null;
}

/** Null when the phone could not keep it; the form is then unchanged. */
export async function saveForm(model: Model, draft: Draft, slot: string | null, saving: Saving, draftKey: string): Promise<SavedForm | null> {
  const writing = saving.writing(draft.openedAt);
  const operations = newEntries(draft, writing);
  const flags = flagsOf(model, operations);
  const ask = asksForFlags(model.episode, model.reports, slot, writing.now);
  if (!(await saving.save(operations, draftKey))) return null;
  return { at: writing.now, operations, slot, draft, flags, ask };
}

function flagsOf(model: Model, operations: Operation[]): string[] {
  const { episode } = model;
  const hours = (at: string) => hoursSince(episode, Date.parse(at));
  const earlier = model.entries.map(({ body }) => [hours(body.taken_at), body] as const);
  const found = operations.flatMap((operation) =>
    operation.op === "put" && operation.kind === "entry"
      ? flagsInEntry(operation.body, hours(operation.body.taken_at), episode.baseline.average ?? episode.baseline.pain, episode.region, earlier)
      : [],
  );
  return [...new Set(found.map((report) => report.code))];
}
