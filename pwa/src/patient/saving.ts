/** From a filled form to saved entries. */
import { newEntries, takenAt, type Draft } from "../diary/compose.ts";
import { parseDose } from "../diary/dose.ts";
import { parseGlucose } from "../diary/glucose.ts";
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
  /** Whether the daily question about symptoms may follow. */
  asks: boolean;
  /** The diary as it was before. */
  before: Model;
}

const CLOCK_SLACK_MS = 60_000;

export type Missing = "score" | "future" | "time" | "dose" | "glucose" | null;

/** What keeps a form from being saved. `scored`: the entry has a score already, so none is needed. */
export function formErrors(draft: Draft, now: number, scored = false): Missing {
  if (draft.pain === null && !scored) return "score";
  const at = takenAt(draft, now);
  if (at === null) return "time";
  if (at > now + CLOCK_SLACK_MS) return "future";
  if (draft.painkiller && parseDose(draft.dose) === "unclear") return "dose";
  return parseGlucose(draft.glucose, draft.unit) === "unclear" ? "glucose" : null;
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
export async function saveOperations(before: Model, operations: Operation[], { slot, draft, saving, draftKey, asks = true }: Form): Promise<SavedForm | null> {
  const { now } = saving.writing(null);
  return (await saving.save(operations, draftKey)) ? { at: now, operations, slot, draft, asks, before } : null;
}
