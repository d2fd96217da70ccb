/** Which episode the patient is in, and where in it. */
import { HOUR } from "./moment.ts";
import type { Diary, Episode } from "./record.ts";
import { daysBetween } from "./zone.ts";

/** The optional evenings before the injection begin that many days before it. */
const EARLIEST_DAYS = 7;

/** The episode the phone writes to: the newest performed one, else the planned one, else the last. */
export function currentEpisode(diary: Diary): Episode | null {
  const open = diary.episodes.filter((episode) => episode.status !== "cancelled");
  const performed = open.filter((episode) => episode.status === "performed" && performedAt(episode) !== null);
  return newest(performed) ?? open.find((episode) => episode.status === "planned") ?? newest(open) ?? null;
}

export function performedAt(episode: Episode): number | null {
  return episode.performed_at === null ? null : Date.parse(episode.performed_at);
}

export type Place =
  | { kind: "planned" }
  | { kind: "ended" }
  | { kind: "minutes" | "hours" | "days" | "weeks"; count: number };

/** Where the patient is: minutes up to one hour, hours to two days, days to six weeks, then weeks. */
export function place(episode: Episode, now: number): Place {
  if (episode.status === "closed" || (episode.ended_at !== null && Date.parse(episode.ended_at) <= now)) return { kind: "ended" };
  const t0 = performedAt(episode);
  if (t0 === null || now < t0) return { kind: "planned" };
  const passed = now - t0;
  if (passed < HOUR) return { kind: "minutes", count: Math.floor(passed / 60_000) };
  if (passed < 48 * HOUR) return { kind: "hours", count: Math.floor(passed / HOUR) };
  const days = daysBetween(episode.zone, t0, now);
  return days <= 42 ? { kind: "days", count: days } : { kind: "weeks", count: Math.floor(days / 7) };
}

/** `window`: while the diagnostic window is open; then the days after T0 as a patient would count them. */
export type Phase = "window" | "today" | "first" | "second" | "third" | "months";

/** Null before T0 and after the diary's end. */
export function phaseOf(episode: Episode, now: number): Phase | null {
  const t0 = performedAt(episode);
  if (t0 === null || now < t0 || place(episode, now).kind === "ended") return null;
  if (now < t0 + episode.window_minutes * 60_000) return "window";
  const day = daysBetween(episode.zone, t0, now);
  if (day < 1) return "today";
  if (day <= 3) return "first";
  return day <= 14 ? "second" : day <= 42 ? "third" : "months";
}

/** How many days before the injection a described moment lies; null unless that is suspiciously many. */
export function longBefore(episode: Episode, at: number, now: number): number | null {
  const days = daysBetween(episode.zone, at, performedAt(episode) ?? now);
  return days > EARLIEST_DAYS ? days : null;
}

export function hoursSince(episode: Episode, now: number): number | null {
  const t0 = performedAt(episode);
  return t0 === null ? null : (now - t0) / HOUR;
}

function newest(episodes: Episode[]): Episode | undefined {
  return episodes.toSorted((a, b) => (performedAt(b) ?? 0) - (performedAt(a) ?? 0))[0];
}
