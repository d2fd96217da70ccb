/** A form that was left unsaved: how it comes back, and what a change makes of it. */
import { emptyDraft, isTouched, type Draft } from "../diary/compose.ts";
import { HOUR } from "../diary/moment.ts";

const OLD_MS = 10 * 60_000;
const FORGOTTEN_MS = 48 * HOUR;
const SCORES = ["pain", "worst", "alsoNow", "axial"] as const;

export interface Opened {
  /** Null until the phone has looked for a kept one. */
  draft: Draft | null;
  /** When an unsaved form of an earlier time came back: that time. */
  begunAt: number | null;
}

/** What a form opens with, by what was kept of it. */
export function opened(kept: unknown, now: number, fresh: () => Draft): Opened {
  const usable = restored(kept, now);
  return { draft: usable ?? fresh(), begunAt: usable && now - usable.openedAt > OLD_MS ? usable.openedAt : null };
}

/**
 * A form may stay open for hours; the patient begins it with the first touch. What was scored earlier stays a score of
 * then; a score that is given afresh is one of now.
 */
export function touched(draft: Draft, part: Partial<Draft>, begunAt: number | null, now: number): Draft {
  const after = { ...draft, ...part };
  if (!isTouched(draft)) return { ...after, openedAt: now };
  const scored = SCORES.some((name) => part[name] !== undefined && part[name] !== draft[name]);
  return scored && standsAt(draft, begunAt) ? { ...after, openedAt: now, when: { kind: "now" } } : after;
}

/** Whether its time is the one it was begun at, and not one the patient chose. */
function standsAt({ when }: Draft, begunAt: number | null): boolean {
  return begunAt !== null && when.kind === "at" && when.at === begunAt;
}

/** Whether the form says what becomes of its time: not where the patient chose one. */
export function followsScore(draft: Draft, begunAt: number | null): boolean {
  return draft.when.kind === "now" || standsAt(draft, begunAt);
}

/** A kept draft, with "now" turned into the time it was begun when that is some time ago. */
function restored(kept: unknown, now: number): Draft | null {
  const found = kept as Draft | undefined;
  if (!found || typeof found.openedAt !== "number") return null;
  // A form kept by an earlier version of the app lacks what that version did not ask.
  const draft = { ...emptyDraft(found.scale, found.openedAt), ...found };
  if (now - draft.openedAt > FORGOTTEN_MS || !isTouched(draft)) return null;
  const old = now - draft.openedAt > OLD_MS;
  return old && draft.when.kind === "now" ? { ...draft, when: { kind: "at", at: draft.openedAt } } : draft;
}
