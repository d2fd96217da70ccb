/** Numbers as an Arabic or Persian keyboard writes them, in the digits that everything else here is in. */

/** Western digits in every language, as on the scale, on packages of medicine and on telephones; see docs/adr. */
export const DIGITS = "latn";

const ARABIC_ZERO = 0x660;
const PERSIAN_ZERO = 0x6f0;

export function westernDigits(written: string): string {
  return written
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
    .replace(/٫/g, ".")
    .replace(/٬/g, ",");
}
