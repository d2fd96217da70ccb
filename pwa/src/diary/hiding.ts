/** When earlier scores may be shown: a seen score steers the next one, so not before the window closed, nor while one is due. */
import { performedAt } from "./episode.ts";
import type { Episode } from "./record.ts";

export type Hiding = { hidden: false } | { hidden: true; why: "window" | "due"; untilMs: number | null };

/** `due`: a check-in waits for its answer at `now`. `untilMs` is null when the time is not known yet. */
export function hiding(episode: Episode, due: boolean, now: number): Hiding {
  const t0 = performedAt(episode);
  if (episode.status === "closed") return { hidden: false };
  if (t0 === null) return { hidden: true, why: "window", untilMs: null };
  const closes = t0 + episode.window_minutes * 60_000;
  if (now < closes) return { hidden: true, why: "window", untilMs: closes };
  return due ? { hidden: true, why: "due", untilMs: null } : { hidden: false };
}
