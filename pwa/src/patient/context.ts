/** What every screen can reach: the store, the uploader and the time. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { DiaryStore } from "../store/store.ts";
import type { Uploader, UploadStatus } from "../sync/uploader.ts";

export interface Services {
  store: DiaryStore;
  uploader: Uploader;
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
