/** One part of the settings being edited: its draft, its saving, and what became of it. */
import { useState } from "preact/hooks";
import type { ApiError } from "../api";
import { useAction, useDesk } from "../context";
import type { Part } from "./types";

export interface PartEditor<T> {
  value: T;
  set: (value: T) => void;
  dirty: boolean;
  saved: boolean;
  busy: boolean;
  error: ApiError | null;
  save: () => Promise<void>;
  version: number;
}

export function usePart<T>(part: Part<unknown>, path: string): PartEditor<T> {
  const { api, announce } = useDesk();
  const [kept, setKept] = useState(part as Part<T>);
  const [value, setValue] = useState(kept.value);
  const [saved, setSaved] = useState(false);
  const { busy, error, run } = useAction();
  const save = async () => {
    const next = await run(() => api.savePart<T>(path, kept.version, value));
    if (!next) return;
    setKept(next);
    setValue(next.value);
    setSaved(true);
    announce("Settings saved.");
  };
  const set = (next: T) => {
    setSaved(false);
    setValue(next);
  };
  const dirty = JSON.stringify(value) !== JSON.stringify(kept.value);
  return { value, set, dirty, saved, busy, error, save, version: kept.version };
}
