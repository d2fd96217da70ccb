/** A record that could not be used, in words: when it was felt, what cannot be right, and what could. */
import { dateTime } from "../time";
import type { Quarantined } from "../types";
import { QUARANTINE_CODES, wordsFor } from "../words";

/** What each field may hold; the limits of the diary format. */
const ALLOWED: Readonly<Record<string, readonly [string, string]>> = {
  pain: ["Pain", "a whole number from 0 to 10"],
  axial: ["Spine pain", "a whole number from 0 to 10"],
  stated_relief_percent: ["Stated relief", "0 to 100 %"],
  scale: ["Scale", "now, average or worst of 24 h"],
  taken_at: ["Time felt", "a date and time with its zone"],
  recorded_at: ["Time recorded", "a date and time with its zone"],
  dose_mg: ["Dose", "milligrams, 0 or more"],
  severity: ["Severity", "mild, moderate or severe"],
  activity: ["Activity", "rest, usual or provoking"],
  skipped: ["Skipped", "asleep, nothing to report or other"],
};

type Json = { [key: string]: unknown };

export interface QuarantineText {
  problem: string;
  /** When it was felt, else when it came. */
  when: string;
}

export function quarantineText(record: Quarantined, zone: string): QuarantineText {
  const raw = parsed(record.raw);
  return { problem: problemText(record, raw), when: whenText(record, raw, zone) };
}

function problemText(record: Quarantined, raw: unknown): string {
  const path = (record.where ?? "").split("/").filter(Boolean);
  // DiaryError writes its path with dots and brackets, the schemas as a JSON pointer.
  const steps = path.flatMap((step) => step.split(/[.[\]]+/).filter(Boolean));
  const key = [...steps].reverse().find((step) => !/^\d+$/.test(step)) ?? "";
  const known = ALLOWED[key];
  if (!known) return wordsFor(QUARANTINE_CODES, record.code) + (key && key !== "body" ? `: ${key.replaceAll("_", " ")}` : "");
  const found = valueAt(raw, steps);
  if (found === undefined) return `${known[0]} is missing; it has to be ${known[1]}`;
  return `${known[0]} ${typeof found === "string" ? `“${found}”` : JSON.stringify(found)} cannot be right; it has to be ${known[1]}`;
}

function whenText(record: Quarantined, raw: unknown, zone: string): string {
  const felt = valueAt(raw, ["body", "taken_at"]);
  const came = `received ${dateTime(record.received_at, zone)}`;
  if (typeof felt !== "string" || Number.isNaN(Date.parse(felt))) return came;
  return `felt ${dateTime(felt, zone)}, ${came}`;
}

function valueAt(raw: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>((value, step) => (value && typeof value === "object" ? (value as Json)[step] : undefined), raw);
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}
