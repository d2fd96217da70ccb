/** Saving: on the phone first, then on the way to the clinic. */
import { useRef, useState } from "preact/hooks";
import type { Writing } from "../diary/compose.ts";
import type { Operation } from "../diary/record.ts";
import { useServices } from "./context.ts";
import type { Model } from "./model.ts";

export interface Saving {
  saving: boolean;
  failed: "full" | "failed" | null;
  /** False when nothing was saved; the form is then unchanged. One handle saves once, however often its button is tapped. */
  save: (operations: Operation[], draft?: string) => Promise<boolean>;
  /** Saves a file of what could not be kept, after what the clinic does not have yet. */
  copy: () => void;
  writing: (openedAt: number | null) => Writing;
}

export function useSave(model: Model): Saving {
  const { store, uploader, now, load } = useServices();
  const [saving, setSaving] = useState(false);
  const [failed, setFailed] = useState<Saving["failed"]>(null);
  // State is too slow for a double tap.
  const taken = useRef(false);
  const unkept = useRef<Operation[]>([]);
  const save = async (operations: Operation[], draft?: string) => {
    if (taken.current) return false;
    taken.current = true;
    setSaving(true);
    setFailed(null);
    try {
      await store.save(operations, draft);
      void uploader.kick();
      void store.askToPersist();
      return true;
    } catch (error) {
      taken.current = false;
      unkept.current = operations;
      setFailed(error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : "failed");
      return false;
    } finally {
      setSaving(false);
    }
  };
  const writing = (openedAt: number | null): Writing => ({
    episodeId: model.episode.episode_id,
    now: now(),
    openedAt,
    skewMs: model.meta.skew_ms ?? null,
  });
  const copy = () => void load("phone").then((part) => part.exportUnsent([...model.unsent, ...unkept.current], now())).catch(() => undefined);
  return { saving, failed, save, copy, writing };
}
