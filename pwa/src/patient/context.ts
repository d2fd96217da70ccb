/** What every screen can reach: the store, the uploader and the time. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Language } from "../i18n/languages.ts";
import type { DiaryStore } from "../store/store.ts";
import type { UploadStatus } from "../sync/uploader.ts";
import type { Installing } from "./install.ts";
import { partIfHere, type LoadPart, type Part, type PartName } from "./parts.ts";
import type { Uploads } from "./uploads.ts";

export interface Services {
  store: DiaryStore;
  uploader: Uploads;
  installing: Installing;
  /** Loads a further part of the app, once. */
  load: LoadPart;
  now: () => number;
  language: Language;
  /** Rejects, and changes nothing, where the language cannot be loaded. */
  setLanguage: (language: Language) => Promise<void>;
  /** Set while a form holds something unsaved, so that no update takes over under it. */
  forms: Set<string>;
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("the app has not started");
  return services;
}

const TICK = 15_000;

/** The time, moving on while the page is seen. */
export function useNow(): number {
  const { now } = useServices();
  const [time, setTime] = useState(now);
  useEffect(() => {
    const tick = () => setTime(now());
    const timer = setInterval(tick, TICK);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [now]);
  return time;
}

export function useUploadStatus(): UploadStatus {
  const { uploader } = useServices();
  const [status, setStatus] = useState(uploader.status);
  useEffect(() => uploader.subscribe(setStatus), [uploader]);
  return status;
}

/** While `open`, no update takes over: the screen holds something that a new start would lose. */
export function useOpen(name: string, open = true): void {
  const { forms } = useServices();
  useEffect(() => {
    if (!open) return undefined;
    forms.add(name);
    return () => void forms.delete(name);
  }, [forms, name, open]);
}

const TRY_AGAIN_MS = 3_000;

export interface Wanted<Name extends PartName> {
  part: Part<Name> | null;
  /** It could not be had so far; it is tried again by itself. */
  failed: boolean;
}

/** A further part of the app; `name` null while none is wanted. */
export function usePart<Name extends PartName>(name: Name | null): Wanted<Name> {
  const { load } = useServices();
  const [wanted, setWanted] = useState<Wanted<Name>>(() => ({ part: name && partIfHere(name), failed: false }));
  const has = wanted.part !== null;
  useEffect(() => {
    if (name === null || has) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const attempt = () => {
      load(name).then(
        (part) => !gone && setWanted({ part, failed: false }),
        () => {
          if (gone) return;
          setWanted({ part: null, failed: true });
          timer = setTimeout(attempt, TRY_AGAIN_MS);
        },
      );
    };
    attempt();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [load, name]);
  return wanted;
}
