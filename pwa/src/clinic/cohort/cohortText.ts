/** The cohort's figures in words: rates with their denominators, lengths with their limits. */
import { ANAESTHETICS, CHANNELS, INDICATIONS, number, REGIONS, STEROIDS, wordsFor } from "../words";
import type { CohortQuery, FacetName, Line, Rate, ShownGroup } from "./types";

export const FACET_NAMES: Readonly<Record<FacetName, string>> = {
  region: "Region",
  level: "Level",
  approach: "Approach",
  agent: "Anaesthetic",
  steroid: "Steroid",
  dose: "Dose",
  operator: "Operator",
  indication: "Indication",
};

export const LINES: Readonly<Record<Line, string>> = {
  L50: "Relief of 50 %",
  L30: "Relief of 30 %",
  RTB: "Return to baseline",
};

export const OUTCOMES: Readonly<Record<string, string>> = {
  anaesthetic: "Anaesthetic phase",
  steroid: "Steroid",
};

export const PHASES: Readonly<Record<string, string>> = {
  anaesthetic: "Anaesthetic phase",
  flare: "Flare",
  steroid: "Steroid",
  course: "Whole course",
  confidence: "Confidence",
};

export const PERIODS: Readonly<Record<string, string>> = {
  hours: "First hours",
  days: "Days 1–14",
  weeks: "Weeks",
  months: "Months",
};

export const PARTS: Readonly<Record<string, string>> = {
  all: "Whole spine",
  cervical: "Cervical",
  thoracic: "Thoracic",
  lumbosacral: "Lumbosacral",
  unknown: "Region not recorded",
};

/** Stands where a number is small, or would give a small one away. */
export const FEW = "withheld";
/** Whole percentages below this many say more than is known. */
const SMALL = 10;

/** "day 14" as a heading; the two phases have words of their own. */
export function outcomeName(code: string): string {
  return OUTCOMES[code] ?? `50\u00a0% at ${code}`;
}

/** A facet's value as a clinician says it; what a record spells itself stays as it is. */
export function valueName(facet: FacetName | null, value: string): string {
  if (facet === "region") return wordsFor(REGIONS, value);
  if (facet === "indication") return wordsFor(INDICATIONS, value);
  if (facet === "steroid") return value === "none" ? "None" : wordsFor(STEROIDS, value);
  if (facet === "agent") return value.split(" + ").map((drug) => wordsFor(ANAESTHETICS, drug)).join(" + ");
  return value;
}

export function channelName(code: string): string {
  return code === "none" ? "Never reminded" : wordsFor(CHANNELS, code);
}

export function count(value: number | null): string {
  return value === null ? FEW : String(value);
}

/** "75 %"; a dash where nothing can be divided. */
export function percent(rate: Rate): string {
  if (rate.hidden) return FEW;
  if (rate.percent === null || rate.of === null) return "–";
  return `${rate.of < SMALL ? Math.round(rate.percent) : number(rate.percent)}\u00a0%`;
}

/** "9 of 12, 95 % interval 47 to 91 %": the rest of what a percentage rests on. */
export function basis(rate: Rate): string {
  if (rate.hidden) return "";
  if (!rate.of) return "none";
  const limits = rate.low === null || rate.high === null ? "" : ` (${Math.round(rate.low)}–${Math.round(rate.high)})`;
  return `${rate.hits} of ${rate.of}${limits}`;
}

/** "56 d (41–80)"; open where the curve does not come down to one half. */
export function medianText({ median, with_relief }: ShownGroup): string {
  if (with_relief === null) return FEW;
  if (!with_relief) return "–";
  if (median.days === null) return "not reached";
  const low = median.low === null ? "" : number(median.low);
  const high = median.high === null ? "open" : number(median.high);
  return `${number(median.days)} d (${low}–${high})`;
}

/** "p = 0.03" as papers print it. */
export function pText(p: number | null): string {
  if (p === null) return "no test";
  return p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** The query as the server takes it: every filter at the top, none of them null. */
export function queryBody(query: CohortQuery): Record<string, unknown> {
  const { chosen, ...rest } = query;
  return { ...rest, ...chosen };
}

export const WHOLE: CohortQuery = {
  start: null,
  end: null,
  group_by: null,
  line: "L50",
  interventions: "end",
  chosen: {},
};
