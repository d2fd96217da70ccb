/** What an ordinary entry comes to by the red-flag table, and which of the last day nobody has followed up. */
import { flagsInEntry } from "../diary/entry_flags.ts";
import { hoursSince } from "../diary/episode.ts";
import { type Finding, triage } from "../diary/flags.ts";
import type { Entry, FlagReport } from "../diary/head.ts";
import { trueTime } from "../diary/moment.ts";
import type { EntryBody, Level, Recorded } from "../diary/record.ts";
import { acknowledgedAt } from "../diary/seen.ts";
import type { Model } from "./model.ts";

const URGENCY: readonly Level[] = ["E", "S", "N"];

export interface Flagged {
  entry: Entry;
  finding: Finding;
}

/** Findings of one entry, the most urgent first; `others`: the diary's other entries. */
export function findingsOf({ episode }: Pick<Model, "episode">, body: EntryBody, recorded: Recorded, others: readonly Entry[]): Finding[] {
  const baseline = episode.baseline.average ?? episode.baseline.pain;
  const hours = (at: string, skewMs: number | null) => hoursSince(episode, trueTime(Date.parse(at), skewMs));
  const at = hours(body.taken_at, recorded.skew_ms);
  const known = others.map((other) => [hours(other.body.taken_at, other.head.recorded.skew_ms), other.body] as const);
  const reports = flagsInEntry(body, at, baseline, episode.region, known);
  return bySeverity(triage(reports, at, episode.region).findings);
}

export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => URGENCY.indexOf(a.level) - URGENCY.indexOf(b.level));
}

/**
 * The most urgent entry of the last day that calls for a call the same day. A report about that symptom since then ends it,
 * a call begun from here, and the clinic's word that it has seen it.
 */
export function openFlag(model: Model): Flagged | null {
  const open = model.alarming.flatMap((entry) => {
    const others = model.entries.filter(({ entryId }) => entryId !== entry.entryId);
    return findingsOf(model, entry.body, entry.head.recorded, others)
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
