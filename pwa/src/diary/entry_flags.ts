/** Red flags that follow from an ordinary entry; the same rules as the server's, by the same table. */
/// <reference path="./red-flag-rules.d.ts" />

import { entries as rules } from "virtual:red-flag-rules";
import { type Report, triage } from "./flags.ts";

export interface FlagEntry {
  readonly scale?: string;
  readonly pain?: number | null;
  readonly numb?: boolean | null;
  readonly weak?: boolean | null;
  readonly side_effects?: readonly { readonly code: string; readonly severity?: string }[] | null;
}
/** Hours since T0 (null while T0 is unknown) and the entry described then. */
export type Other = readonly [number | null, FlagEntry];

/**
 * Reports that one entry comes to, for `triage`; only those above self-care. `others`: the diary's entries in any
 * order; those described before this one say whether a symptom came back.
 */
export function flagsInEntry(
  entry: FlagEntry,
  hours: number | null,
  baseline: number | null,
  region: string | null,
  others: readonly Other[] = [],
): Report[] {
  if (hours !== null && hours < 0) return [];
  const before = beforeThis(hours, others);
  const afterBlock = before.map(([, body]) => body);
  const settled = before.filter(([at]) => at > rules.numbing_onset_h).map(([, body]) => body);
  const reports = [
    ...limb(entry, afterBlock, settled),
    ...sideEffects(entry, afterBlock),
    ...scores(entry, hours, baseline),
  ];
  return reports.filter((report) => triage([report], hours, region).level !== "C");
}

/** The entries described after T0 and before this one, in that order; none while T0 is unknown. */
function beforeThis(hours: number | null, others: readonly Other[]): [number, FlagEntry][] {
  if (hours === null) return [];
  return others
    .filter((one): one is readonly [number, FlagEntry] => one[0] !== null && one[0] >= 0 && one[0] < hours)
    .map(([at, body]): [number, FlagEntry] => [at, body])
    .sort(([a], [b]) => a - b);
}

function limb(entry: FlagEntry, afterBlock: FlagEntry[], settled: FlagEntry[]): Report[] {
  const present = (["numb", "weak"] as const).filter((symptom) => entry[symptom] === true);
  if (present.length === 0) return [];
  const returned = present.some((symptom) => wasNormal(symptom, afterBlock, settled));
  return [
    {
      code: "limb_weak_or_numb",
      blocked_area_only: true,
      worse: false,
      recovered_between: returned,
      weak: present.includes("weak"),
    },
  ];
}

/** A "no" after a "yes", or any "no" once the block had set in. */
function wasNormal(symptom: "numb" | "weak", afterBlock: FlagEntry[], settled: FlagEntry[]): boolean {
  const answers = afterBlock.map((body) => body[symptom]).filter((answer) => typeof answer === "boolean");
  const firstYes = answers.indexOf(true);
  return (firstYes >= 0 && answers.includes(false, firstYes)) || settled.some((body) => body[symptom] === false);
}

function sideEffects(entry: FlagEntry, afterBlock: FlagEntry[]): Report[] {
  const ticked = tickedIn(entry);
  const reports = new Map<string, Report>();
  for (const [effect, code] of Object.entries(rules.side_effects)) {
    if (!ticked.has(effect)) continue;
    const severe = ticked.get(effect) === "severe" || reports.get(code)?.["severe"] === true;
    reports.set(code, {
      code,
      severe,
      unwell: severe,
      ketones: false,
      alarm_signs: false,
      worse_upright: false,
      fainted: false,
      repeated: cameBack(effect, afterBlock),
      uncontrolled: false,
    });
  }
  return [...reports.values()];
}

function cameBack(effect: string, afterBlock: FlagEntry[]): boolean {
  const had = afterBlock.map((body) => tickedIn(body).has(effect));
  const first = had.indexOf(true);
  return first >= 0 && had.includes(false, first);
}

function tickedIn(entry: FlagEntry): Map<string, string | undefined> {
  return new Map((entry.side_effects ?? []).map((effect) => [effect.code, effect.severity]));
}

function scores(entry: FlagEntry, hours: number | null, baseline: number | null): Report[] {
  const { pain } = entry;
  if (typeof pain !== "number" || entry.scale === "worst_24h") return [];
  const reports: Report[] = [];
  const late = rules.late_worsening;
  const past = hours === null || hours > late.after_h;
  if (past && baseline !== null && pain >= baseline + late.rise) reports.push({ code: "late_worsening" });
  if (pain === 10 && (baseline === null || pain > baseline)) reports.push({ code: "more_pain", uncontrolled: true });
  return reports;
}
