/** Whether it is the first night after the injection: the screen is then dark and dim, whatever the phone is set to. */
import { hoursSince } from "./episode.ts";
import type { Episode } from "./record.ts";

const FIRST_NIGHT_H = 24;
const EVENING = 21;
const MORNING = 7;

/** By the clock on the phone's own wall, since that is where the dark is. */
export function isFirstNight(episode: Episode, now: number): boolean {
  const hours = hoursSince(episode, now);
  if (hours === null || hours < 0 || hours > FIRST_NIGHT_H) return false;
  const hour = new Date(now).getHours();
  return hour >= EVENING || hour < MORNING;
}
