/** A form's content, kept on the phone while it is being filled in. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Draft } from "../diary/compose.ts";
import { useServices } from "./context.ts";
import { sayHelping } from "./helping.ts";
import { opened, touched, type Opened } from "./kept.ts";

const QUIET_MS = 250;

export interface DraftHandle extends Opened {
  change: (part: Partial<Draft>) => void;
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
      const after = touched(before.draft, part, before.begunAt, now());
      sayHelping(after.proxy, now());
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

const NOT_LOOKED: Opened = { draft: null, begunAt: null };
