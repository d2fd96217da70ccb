/** The check-ins the app can ask for in one episode. */
import type { CheckIn } from "./due.ts";
import { performedAt } from "./episode.ts";
import type { Episode } from "./record.ts";
import { slots } from "./schedule.ts";

let last: { episode: string; checkIns: CheckIn[] } | null = null;

/** Empty while T0 is unknown. The impressions of change are not scores and are not asked here. */
export function checkInsOf(episode: Episode): CheckIn[] {
  const t0 = performedAt(episode);
  if (t0 === null) return [];
  const key = `${episode.episode_id} ${t0} ${episode.zone}`;
  if (last?.episode !== key) {
    const planned = slots({ performedAt: t0, zone: episode.zone });
    last = { episode: key, checkIns: planned.flatMap((slot) => (slot.scale === null ? [] : [{ ...slot, scale: slot.scale }])) };
  }
  return last.checkIns;
}
