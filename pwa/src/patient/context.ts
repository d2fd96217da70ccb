/** What every screen can reach: the store, the uploader and the time. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { DiaryStore } from "../store/store.ts";
import type { UploadStatus } from "../sync/uploader.ts";
import type { Later, Uploads } from "./uploads.ts";

export interface Services {
  store: DiaryStore;
  uploader: Uploads;
  /** Loads the second part of the app, once. */
  load: () => Promise<Later>;
  now: () => number;
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

/** The second part of the app; null until it is here. */
export function useLater(): Later | null {
  const { load } = useServices();
  const [part, setPart] = useState<Later | null>(null);
  useEffect(() => {
    load().then((loaded) => setPart(loaded), () => undefined);
  }, [load]);
  return part;
}
