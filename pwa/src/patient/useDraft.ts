/** A form's content, kept on the phone while it is being filled in. */
import { useEffect, useRef, useState } from "preact/hooks";
import { emptyDraft, isTouched, type Draft } from "../diary/compose.ts";
import { HOUR } from "../diary/moment.ts";
import { useServices } from "./context.ts";

const QUIET_MS = 250;
const OLD_MS = 10 * 60_000;
const FORGOTTEN_MS = 48 * HOUR;

export interface DraftHandle {
  /** Null until the phone has looked for a kept one. */
  draft: Draft | null;
  change: (part: Partial<Draft>) => void;
  /** When an unsaved form of an earlier time came back: that time. */
  begunAt: number | null;
  startAgain: () => void;
  /** Call before saving: no late write may bring the draft back. */
  stop: () => void;
}

export function useDraft(key: string, fresh: () => Draft): DraftHandle {
  const { store, now, forms } = useServices();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [begunAt, setBegunAt] = useState<number | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => {
    clearTimeout(timer.current);
    forms.delete(key);
  };
  useEffect(() => {
    let gone = false;
    void store.draft(key).catch(() => undefined).then((kept) => {
      if (gone) return;
      const usable = restored(kept, now());
      setDraft(usable ?? fresh());
      setBegunAt(usable && now() - usable.openedAt > OLD_MS ? usable.openedAt : null);
    });
    return () => {
      gone = true;
      forms.delete(key);
    };
  }, [key]);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => {
      if (!before) return before;
      // A form may stay open for hours; the patient begins it with the first touch.
      const after = { ...before, ...part, openedAt: isTouched(before) ? before.openedAt : now() };
      forms.add(key);
      clearTimeout(timer.current);
      // Losing a draft is a nuisance, not a loss: it was never said to be saved.
      timer.current = setTimeout(() => void store.keepDraft(key, after).catch(() => undefined), QUIET_MS);
      return after;
    });
  };
  const startAgain = () => {
    stop();
    void store.dropDraft(key).catch(() => undefined);
    setBegunAt(null);
    setDraft(fresh());
  };
  return { draft, change, begunAt, startAgain, stop };
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
