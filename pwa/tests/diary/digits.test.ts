import { expect, test } from "vitest";
import { westernDigits } from "../../src/diary/digits.ts";
import { parseDose } from "../../src/diary/dose.ts";

test.each([["٣٨٫٢", "38.2"], ["۱۲۳", "123"], ["٠١٢٣٤٥٦٧٨٩", "0123456789"], ["38.2", "38.2"], ["لا", "لا"]])("%s is read as %s", (written, read) => {
  expect(westernDigits(written)).toBe(read);
});

test.each([["٤٠٠", 400], ["٢ x ٥٠٠", 1000], ["٠٫٥ غ", 500], ["٤٠٠ ملغ", 400], ["٥٠٠ مجم", 500]])("a dose of %s is %d mg", (written, mg) => {
  expect(parseDose(written)).toBe(mg);
});

test("a dose in Arabic digits that could be read in two ways is asked again", () => {
  expect(parseDose("١٬٠٠٠")).toBe("unclear");
});
