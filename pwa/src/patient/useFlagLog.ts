/** Notes what happened to a red flag on this phone, for the clinic's log. Advice never waits for it. */
import { useEffect } from "preact/hooks";
import { flagEvent } from "../diary/flagEvents.ts";
import type { FlagEventBody } from "../diary/record.ts";
import { useServices } from "./context.ts";
import type { Model } from "./model.ts";

type Happened = Omit<FlagEventBody, "taken_at">;

export function useFlagLog(model: Model | null): (happened: Happened) => void {
  const { store, uploader, now } = useServices();
  return (happened) => {
    if (!model) return;
    const writing = { episodeId: model.episode.episode_id, now: now(), openedAt: null, skewMs: model.meta.skew_ms ?? null };
    store.save([flagEvent(happened, writing)]).then(
      () => void uploader.kick(),
      // The report itself could not be kept either then, and the screen says so.
      () => undefined,
    );
  };
}

/** Notes once that the advice about a diary item is on the screen; null while there is none. */
export function useShown(model: Model | null, about: string | null, level?: FlagEventBody["level"]): void {
  const log = useFlagLog(model);
  useEffect(() => {
    if (about !== null) log({ event: "shown", about, ...(level === undefined ? {} : { level }) });
  }, [about]);
}
