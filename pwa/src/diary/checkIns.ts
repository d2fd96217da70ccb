/** The check-ins the app can ask for in one episode. */
import { againAfter } from "./again.ts";
import type { Answered, CheckIn } from "./due.ts";
import { performedAt } from "./episode.ts";
import { DAY } from "./moment.ts";
import { EARLY_EVENINGS, widerSlots } from "./offeredEvenings.ts";
import type { Episode } from "./record.ts";
import { evening, type Slot } from "./schedule.ts";
import { zoneClock } from "./zone.ts";

let last: { key: string; slots: Slot[] } | null = null;

/** Scores to be asked for. Before T0 is known: an evening average each day, offered and never expected. */
export function checkInsOf(episode: Episode, entries: readonly Answered[], now: number): CheckIn[] {
  const t0 = performedAt(episode);
  const before = episode.options?.evenings_before === false ? [] : eveningsBefore(episode, now);
  const slots = t0 === null ? before : planned(episode, t0, entries);
  return slots.flatMap((slot) => (slot.scale === null ? [] : [{ ...slot, scale: slot.scale }]));
}

/** The days on which the patient is asked for an impression of change. */
export function impressionSlots(episode: Episode): Slot[] {
  const t0 = performedAt(episode);
  return t0 === null ? [] : planned(episode, t0, []).filter(({ kind }) => kind === "pgic");
}

function planned(episode: Episode, t0: number, entries: readonly Answered[]): Slot[] {
  const { episode_id, zone, baseline } = episode;
  const after = againAfter(t0, zone, entries, baseline.average ?? baseline.pain);
  const key = `${episode_id} ${t0} ${zone} ${after}`;
  if (last?.key !== key) {
    last = { key, slots: widerSlots({ performedAt: t0, zone, ...(after === null ? {} : { againAfter: after }) }) };
  }
  return last.slots.filter((slot) => isOffered(slot, episode));
}

/** An expected check-in always is; the clinic's protocol may leave out others. */
function isOffered(slot: Slot, { options }: Episode): boolean {
  if (slot.expected || options === undefined) return true;
  if (slot.kind === "early") return options.offer_45;
  return slot.kind !== "pgic" || options.impressions;
}

/**
 * Yesterday's as well: it can still be given late. A planned day that has passed without an injection was put off, so that
 * nothing is known of when it comes.
 */
function eveningsBefore({ zone, planned_on }: Episode, now: number): Slot[] {
  const clock = zoneClock(zone);
  const today = clock.day(now);
  const planned = planned_on ? Date.parse(planned_on) / DAY : null;
  const first = planned === null || planned < today ? -Infinity : planned - EARLY_EVENINGS;
  return [clock.day(now - DAY), today]
    .filter((day) => day >= first && day !== planned)
    .map((day) => evening(clock, `before${day}`, "day", day, "average_24h", false));
}
