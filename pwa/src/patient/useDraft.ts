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

/** What was begun and not saved, by key; null where nobody has looked. */
export type Begun = ReadonlyMap<string, unknown> | null;

let begun: Begun = null;

/** Draws the first screen with what was read for it; a form that opens later looks for itself. */
export function drawWith(read: Begun, draw: () => void): void {
  begun = read;
  draw();
  begun = null;
}

export function useDraft(key: string, fresh: () => Draft): DraftHandle {
  const { store, now, forms } = useServices();
  const [{ draft, begunAt }, set] = useState(() => (begun ? opened(begun.get(key), now(), fresh) : NOT_LOOKED));
  const looked = useRef(draft !== null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => {
    clearTimeout(timer.current);
    forms.delete(key);
  };
  useEffect(() => {
    let gone = false;
    if (!looked.current) void store.draft(key).catch(() => undefined).then((kept) => gone || set(opened(kept, now(), fresh)));
    looked.current = false;
    return () => {
      gone = true;
      forms.delete(key);
    };
  }, [key]);

  const change = (part: Partial<Draft>) => {
    set((before) => {
      if (!before.draft) return before;
      // A form may stay open for hours; the patient begins it with the first touch.
      const after = { ...before.draft, ...part, openedAt: isTouched(before.draft) ? before.draft.openedAt : now() };
      forms.add(key);
      clearTimeout(timer.current);
      // Losing a draft is a nuisance, not a loss: it was never said to be saved.
      timer.current = setTimeout(() => void store.keepDraft(key, after).catch(() => undefined), QUIET_MS);
      return { ...before, draft: after };
    });
  };
  const startAgain = () => {
    stop();
    void store.dropDraft(key).catch(() => undefined);
    set({ draft: fresh(), begunAt: null });
  };
  return { draft, change, begunAt, startAgain, stop };
}

const NOT_LOOKED: Pick<DraftHandle, "draft" | "begunAt"> = { draft: null, begunAt: null };

/** What a form opens with, by what was kept of it. */
function opened(kept: unknown, now: number, fresh: () => Draft): typeof NOT_LOOKED {
  const usable = restored(kept, now);
  return { draft: usable ?? fresh(), begunAt: usable && now - usable.openedAt > OLD_MS ? usable.openedAt : null };
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
