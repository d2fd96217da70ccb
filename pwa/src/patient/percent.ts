/** A share as the language writes it, in the digits of the scale. */
import { locale } from "../i18n/index.ts";
import { DIGITS } from "../diary/digits.ts";

export function percent(value: number): string {
  return new Intl.NumberFormat(locale, { style: "percent", numberingSystem: DIGITS }).format(value / 100);
}
