/** The dose of a painkiller as people write it. What could be read in two ways is asked again, never guessed. */
import { westernDigits } from "./digits.ts";

const MG_OF_UNIT: Record<string, number> = { "": 1, mg: 1, g: 1000, mcg: 0.001, "µg": 0.001, "μg": 0.001, "ملغ": 1, "مغ": 1, "مجم": 1, "غ": 1000, "جم": 1000 };
const WRITTEN = /^(?:(\d{1,2})\s*[x×*]\s*)?(\d+(?:[.,]\d+)?)\s*(mg|g|mcg|[µμ]g|ملغ|مغ|مجم|غ|جم)?\.?$/i;
/** "1.000" is one to some and a thousand to others; "0.125" is clear. */
const TWO_READINGS = /^[1-9]\d{0,2}[.,]\d{3}$/;
const MOST_MG = 100_000;

/** Milligrams; null when nothing is written, "unclear" when it is no dose or could mean two. */
export function parseDose(written: string): number | null | "unclear" {
  const text = westernDigits(written).trim();
  if (text === "") return null;
  const [, times = "1", amount = "", unit = ""] = WRITTEN.exec(text) ?? [];
  if (amount === "" || TWO_READINGS.test(amount)) return "unclear";
  const mg = Number(times) * Number(amount.replace(",", ".")) * (MG_OF_UNIT[unit.toLowerCase()] ?? Number.NaN);
  return mg > 0 && mg <= MOST_MG ? Number(mg.toPrecision(9)) : "unclear";
}
