/** From a filled form to saved entries, and what the app has to ask afterwards. */
import { asksForFlags } from "../diary/asking.ts";
import { newEntries, takenAt, type Draft } from "../diary/compose.ts";
import { parseDose } from "../diary/dose.ts";
import { flagsInEntry } from "../diary/entry_flags.ts";
import { hoursSince } from "../diary/episode.ts";
import { trueTime } from "../diary/moment.ts";
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

export type Missing = "score" | "future" | "time" | "dose" | null;

/** What keeps a form from being saved. `scored`: the entry has a score already, so none is needed. */
export function formErrors(draft: Draft, now: number, scored = false): Missing {
  if (draft.pain === null && !scored) return "score";
  const at = takenAt(draft, now);
  if (at === null) return "time";
  if (at > now + CLOCK_SLACK_MS) return "future";
  return draft.painkiller && parseDose(draft.dose) === "unclear" ? "dose" : null;
}

/** Null when the phone could not keep it; the form is then unchanged. */
export function saveForm(model: Model, draft: Draft, slot: string | null, saving: Saving, draftKey: string): Promise<SavedForm | null> {
  return saveOperations(model, newEntries(draft, saving.writing(draft.openedAt)), { slot, draft, saving, draftKey });
}

interface Form {
  slot: string | null;
  draft: Draft | null;
  saving: Saving;
  draftKey: string;
  /** False where no check-in was answered, so that no daily question follows. */
  asks?: boolean;
}

/** Saves new entries, a skipped check-in or a changed entry; null when the phone could not keep them. */
export async function saveOperations(model: Model, operations: Operation[], { slot, draft, saving, draftKey, asks = true }: Form): Promise<SavedForm | null> {
  const { now } = saving.writing(null);
  const flags = flagsOf(model, operations);
  const ask = asks && asksForFlags(model.episode, model.reports, slot, now - model.clockError);
  if (!(await saving.save(operations, draftKey))) return null;
  return { at: now, operations, slot, draft, flags, ask };
}

function flagsOf(model: Model, operations: Operation[]): string[] {
  const { episode } = model;
  const baseline = episode.baseline.average ?? episode.baseline.pain;
  const hours = (at: string, skewMs: number | null) => hoursSince(episode, trueTime(Date.parse(at), skewMs));
  const changed = new Set(operations.map(({ entry_id }) => entry_id));
  const earlier = model.entries
    .filter(({ entryId }) => !changed.has(entryId))
    .map(({ body, head }) => [hours(body.taken_at, head.recorded.skew_ms), body] as const);
  const found = operations.flatMap((operation) => {
    if (operation.op !== "put" || operation.kind !== "entry") return [];
    const at = hours(operation.body.taken_at, operation.recorded.skew_ms);
    return flagsInEntry(operation.body, at, baseline, episode.region, earlier);
  });
  return [...new Set(found.map(({ code }) => code))];
}
