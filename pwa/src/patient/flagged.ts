/** What an ordinary entry comes to by the red-flag table, and which of the last day nobody has followed up. */
import { flagsInEntry, type Other } from "../diary/entry_flags.ts";
import { hoursSince } from "../diary/episode.ts";
import { type Finding, triage } from "../diary/flags.ts";
import type { Entry, FlagReport } from "../diary/head.ts";
import { trueTime } from "../diary/moment.ts";
import type { Episode, EntryBody, Level, Recorded, Revision } from "../diary/record.ts";
import { acknowledgedAt } from "../diary/seen.ts";
import type { Model } from "./model.ts";

const URGENCY: readonly Level[] = ["E", "S", "N"];

export interface Flagged {
  entry: Entry;
  finding: Finding;
}

/** Findings of one entry, the most urgent first; `others`: the diary's other entries, as `placed` in time. */
export function findingsOf(episode: Episode, body: EntryBody, recorded: Recorded, others: readonly Other[]): Finding[] {
  const baseline = episode.baseline.average ?? episode.baseline.pain;
  const at = hoursOf(episode, body.taken_at, recorded);
  const reports = flagsInEntry(body, at, baseline, episode.region, others);
  return bySeverity(triage(reports, at, episode.region).findings);
}

/** Entries with the hours from the injection to what they describe. */
export function placed(episode: Episode, entries: readonly Entry[]): Other[] {
  return entries.map(({ body, head }) => [hoursOf(episode, body.taken_at, head.recorded), body]);
}

function hoursOf(episode: Episode, takenAt: string, { skew_ms }: Recorded): number | null {
  return hoursSince(episode, trueTime(Date.parse(takenAt), skew_ms));
}

function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => URGENCY.indexOf(a.level) - URGENCY.indexOf(b.level));
}

/**
 * The most urgent entry of the last day that calls for a call the same day. A report about that symptom since then ends it,
 * a call begun from here, and the clinic's word that it has seen it.
 */
export function openFlag(model: Model): Flagged | null {
  const { alarming, episode, revisions } = model;
  const oldest = alarming[0]?.entryId;
  if (last?.revisions === revisions && last.episode === episode && last.oldest === oldest) return last.found;
  const found = oldest === undefined ? null : search(model);
  last = { revisions, episode, oldest, found };
  return found;
}

/** Looked for once for the same diary: the screen is drawn more often than something is written down. */
let last: { revisions: readonly Revision[]; episode: Episode; oldest: string | undefined; found: Flagged | null } | null = null;

function search(model: Model): Flagged | null {
  const { alarming, entries, episode } = model;
  const all = placed(episode, entries);
  const open = alarming.flatMap((entry) => {
    const others = all.filter(([, body]) => body !== entry.body);
    return findingsOf(episode, entry.body, entry.head.recorded, others)
      .filter(({ level, code }) => (level === "E" || level === "S") && !isFollowed(model, entry, code))
      .map((finding) => ({ entry, finding }));
  });
  return open.find(({ finding }) => finding.level === "E") ?? open.at(-1) ?? null;
}

function isFollowed({ episode, reports, revisions }: Model, entry: Entry, code: string): boolean {
  const since = momentOf(entry);
  return (
    acknowledgedAt(episode, entry.entryId) !== null ||
    reports.some((report) => momentOf(report) >= since && isAbout(report, code)) ||
    revisions.some(({ kind, body }) => kind === "flag_event" && body?.event === "called" && body.about === entry.entryId)
  );
}

function isAbout({ body }: FlagReport, code: string): boolean {
  return (body.gone ?? []).includes(code) || body.reports.some((report) => report.code === code);
}

function momentOf({ body, head }: Entry | FlagReport): number {
  return trueTime(Date.parse(body.taken_at), head.recorded.skew_ms);
}
