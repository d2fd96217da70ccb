/** A blood sugar as its meter shows it. */
import type { Entry } from "./head.ts";
import type { Glucose } from "./record.ts";

export const UNITS = ["mg/dL", "mmol/L"] as const;
const RANGES: Record<Glucose["unit"], [number, number]> = { "mg/dL": [10, 2000], "mmol/L": [0.5, 111] };
const WRITTEN = /^\d{1,4}(?:[.,]\d{1,2})?$/;

/** Null when nothing is written, "unclear" when no meter shows it. */
export function parseGlucose(written: string, unit: Glucose["unit"] | null): Glucose | null | "unclear" {
  const text = written.trim();
  if (text === "") return null;
  if (unit === null || !WRITTEN.test(text)) return "unclear";
  const value = Number(text.replace(",", "."));
  const [low, high] = RANGES[unit];
  return value >= low && value <= high ? { value, unit } : "unclear";
}

/** The unit of the patient's meter, from what was written before. */
export function usualUnit(entries: readonly Entry[]): Glucose["unit"] | null {
  return entries.findLast(({ body }) => body.glucose !== undefined)?.body.glucose?.unit ?? null;
}
