/** How long after the moment it describes an entry was written, in the words of the protocol. */
import type { Answered, CheckIn } from "./due.ts";
import { DAY, HOUR } from "./moment.ts";
import { zoneClock } from "./zone.ts";

export type Lateness = "on_time" | "late" | "from_memory";

/** Grace for an entry that belongs to no check-in. */
const FREE_MS = HOUR;
const NOON = 12 * HOUR;

/** `slot`: the check-in it answers. Times by the clinic's clock. */
export function lateness(entry: Answered & { recorded_at: string }, slot: CheckIn | null, zone: string): Lateness {
  const recorded = Date.parse(entry.recorded_at);
  if (slot) return recorded <= slot.onTimeUntil ? "on_time" : recorded <= slot.lateUntil ? "late" : "from_memory";
  return recorded <= latest(entry, zone) ? "on_time" : "from_memory";
}

function latest({ taken_at, scale }: Answered, zone: string): number {
  const at = Date.parse(taken_at);
  if (scale === "now") return at + FREE_MS;
  const clock = zoneClock(zone);
  return clock.at(clock.day(at - DAY / 2) + 1, NOON);
}
