/** The store's content, read again after every change. */
import { useEffect, useState } from "preact/hooks";
import type { DiaryStore, Snapshot } from "../store/store.ts";

export type Loaded = { kind: "loading" } | { kind: "failed"; retry: () => void } | { kind: "ready"; snapshot: Snapshot };

export function useSnapshot(store: DiaryStore): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ kind: "loading" });
  useEffect(() => {
    let latest = 0;
    const read = () => {
      const mine = (latest += 1);
      store.snapshot().then(
        (snapshot) => mine === latest && setLoaded({ kind: "ready", snapshot }),
        () => mine === latest && setLoaded({ kind: "failed", retry: read }),
      );
    };
    read();
    return store.subscribe(read);
  }, [store]);
  return loaded;
}
