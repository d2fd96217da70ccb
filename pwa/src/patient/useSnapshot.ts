/** The store's content, read again after every change. */
import { useEffect, useState } from "preact/hooks";
import type { DiaryStore, Snapshot } from "../store/store.ts";

export type Loaded = { kind: "failed" } | { kind: "ready"; snapshot: Snapshot };

/** What is shown before the store has been read. */
export interface Beginning {
  loaded: Loaded;
  /** Settles when the store may be read. */
  ready: Promise<unknown>;
}

export function read(store: DiaryStore): Promise<Loaded> {
  return store.snapshot().then(
    (snapshot): Loaded => ({ kind: "ready", snapshot }),
    () => ({ kind: "failed" }),
  );
}

export function useSnapshot(store: DiaryStore, beginning: Beginning): [Loaded, () => void] {
  const [loaded, setLoaded] = useState(beginning.loaded);
  const [again, setAgain] = useState(0);
  useEffect(() => {
    let latest = 0;
    const refresh = () => {
      const mine = (latest += 1);
      void read(store).then((found) => mine === latest && setLoaded(found));
    };
    void beginning.ready.then(refresh);
    return store.subscribe(refresh);
  }, [store, beginning, again]);
  return [loaded, () => setAgain(again + 1)];
}
