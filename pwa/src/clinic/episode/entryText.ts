/** What an entry says, in the words of the table and the popover. */
import {
  calendarDays,
  clock,
  dayCount,
  offsetAt,
  offsetText,
  shortDate,
  sinceT0,
  wallAsWritten,
  wallAt,
  weekday,
} from "../time";
import type { Entry, EntryBody } from "../types";
import { ACTIVITIES, CHANGES, GRADES, RED_FLAGS, SEVERITIES, SIDE_EFFECTS, SKIPS, wordsFor } from "../words";

/** The body to show: of a deleted entry the last one that had content. */
export function bodyOf(entry: Entry): EntryBody {
  if (entry.head.body) return entry.head.body;
  const kept = [...entry.revisions].reverse().find((revision) => revision.body);
  return kept?.body ?? {};
}

/** When it was felt, as an instant; an entry without one stands at its receipt. */
export function momentOf(entry: Entry): string {
  return bodyOf(entry).taken_at ?? entry.head.received_at;
}

export interface LocalTime {
  day: string;
  time: string;
  /** Set when the phone was in another zone than the episode. */
  elsewhere: string | null;
}

/** The patient's own wall clock: the time as written, with its offset named when it is not the episode's. */
export function localTime(moment: string, zone: string): LocalTime {
  const offset = writtenOffset(moment);
  const wall = (offset !== null && wallAsWritten(moment)) || wallAt(moment, zone);
  const away = offset !== null && offset !== offsetAt(moment, zone);
  return {
    day: `${weekday(wall)} ${shortDate(wall, false)}`,
    time: clock(wall),
    elsewhere: away ? `UTC${offsetText(offset)}` : null,
  };
}

/** Minutes of the offset a time was written with; null for UTC, which a server writes for anyone. */
function writtenOffset(moment: string): number | null {
  const match = /([+-])(\d{2}):?(\d{2})$/.exec(moment);
  if (!match) return null;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes === 0) return null;
  return match[1] === "-" ? -minutes : minutes;
}

const HALF_DAY = 12 * 3_600_000;

/** Where an entry stands from T0; a 24 h score belongs to the day twelve hours before it was given. */
export function sinceText(entry: Entry, performedAt: string | null, zone: string): string {
  if (!performedAt) return "";
  const moment = momentOf(entry);
  const scale = bodyOf(entry).scale;
  if (scale !== "average_24h" && scale !== "worst_24h") return sinceT0(performedAt, moment, zone);
  return `day ${dayCount(performedAt, new Date(Date.parse(moment) - HALF_DAY), zone)}`.replace("-", "\u2212");
}

/** When the server had it: the clock alone while it is the day it was felt. */
export function receivedText(entry: Entry, zone: string): string {
  const wall = wallAt(entry.head.received_at, zone);
  const felt = wallAt(momentOf(entry), zone);
  const days = calendarDays(felt, wall);
  return days === 0 ? clock(wall) : `${shortDate(wall, wall.year !== felt.year)}, ${clock(wall)}`;
}

export function sideEffectsText(body: EntryBody): string {
  return (body.side_effects ?? [])
    .map(({ code, severity }) => wordsFor(SIDE_EFFECTS, code) + (severity ? `, ${wordsFor(SEVERITIES, severity)}` : ""))
    .join("; ");
}

export function analgesicsText(body: EntryBody, zone: string): string {
  return (body.analgesics ?? [])
    .map(({ drug, dose_mg, taken_at }) => {
      const dose = dose_mg ? ` ${dose_mg} mg` : "";
      return `${drug}${dose}${taken_at ? ` at ${localTime(taken_at, zone).time}` : ""}`;
    })
    .join("; ");
}

/** Everything else that was ticked: activity, numbness, weakness, the patient's own percentage. */
export function contextText(body: EntryBody): string {
  const parts: string[] = [];
  if (body.activity) parts.push(wordsFor(ACTIVITIES, body.activity));
  if (body.numb === true) parts.push("limb numb");
  if (body.numb === false) parts.push("limb not numb");
  if (body.weak === true) parts.push("limb weak");
  if (typeof body.stated_relief_percent === "number") parts.push(`states ${body.stated_relief_percent} % relief`);
  if (body.glucose) parts.push(`blood sugar ${body.glucose.value} ${body.glucose.unit}`);
  if (body.proxy) parts.push("written by a helper");
  return parts.join("; ");
}

export function painText(body: EntryBody): string {
  if (body.skipped) return wordsFor(SKIPS, body.skipped);
  return typeof body.pain === "number" ? String(body.pain) : "–";
}

export function reportText(body: EntryBody): string {
  const codes = (body.reports ?? []).map((report) => wordsFor(RED_FLAGS, report.code));
  return codes.length ? codes.join("; ") : wordsFor(RED_FLAGS, "none");
}

/** What stands in the place of a score where an item has none; null where it has one. */
export function insteadOfScore({ kind }: Entry): string | null {
  if (kind === "entry") return null;
  return kind === "flag_report" ? "red-flag answers" : "impression of change";
}

/** What such an item says. */
export function answerText(entry: Entry): string {
  const body = bodyOf(entry);
  return entry.kind === "flag_report" ? reportText(body) : wordsFor(CHANGES, String(body.change));
}

/** What a revision changed against the one before it, field by field. */
export function changesBetween(before: EntryBody | null, after: EntryBody | null): string {
  if (!after) return "deleted";
  if (!before) return after.change === undefined ? `pain ${painText(after)}` : wordsFor(CHANGES, String(after.change));
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof EntryBody)[];
  const changed = keys.filter(
    (key) => key !== "recorded_at" && JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null),
  );
  if (!changed.length) return "nothing but its time of recording";
  return changed.map((key) => `${key.replaceAll("_", " ")} ${plain(before[key])} → ${plain(after[key])}`).join("; ");
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : JSON.stringify(value);
}

/** How an entry came: what a paper diary says of its time nobody has seen, so it is never called live. */
export function gradeText({ grade, flags }: Entry): string {
  return flags.includes("imported") && grade === "on_time" ? "in time" : wordsFor(GRADES, grade);
}
