import { expect, test } from "vitest";
import { emptyDraft, newEntries } from "../../src/diary/compose.ts";
import { parseDose } from "../../src/diary/dose.ts";
import type { EntryBody } from "../../src/diary/record.ts";
import { formErrors } from "../../src/patient/saving.ts";
import { T0, writing } from "../makers.ts";

test.each([
  ["400", 400], ["400 mg", 400], ["400mg", 400], ["2x500", 1000], ["2 x 500 mg", 1000], ["2×500", 1000],
  ["0,5 g", 0.5 * 1000], ["0.5g", 500], ["1 g", 1000], ["37,5", 37.5], ["0.125", 0.125], ["25 µg", 0.025], ["1000", 1000],
])("%s is read as %d mg", (written, mg) => {
  expect(parseDose(written)).toBe(mg);
});

test.each(["1.000", "1,000", "2.500 mg", "two", "1 tablet", "400-600", "0", "-5", "1/2", "5 ml", "99999999"])("%s is asked again", (written) => {
  expect(parseDose(written)).toBe("unclear");
});

test("no dose is no dose", () => {
  expect(parseDose("  ")).toBeNull();
});

test("a form with an unclear dose is not saved, and a clear one is saved as milligrams", () => {
  const draft = { ...emptyDraft("now", T0), pain: 3, painkiller: true, drug: "Ibuprofen", dose: "1.000" };
  expect(formErrors(draft, T0)).toBe("dose");
  expect(formErrors({ ...draft, painkiller: false }, T0)).toBeNull();
  expect(formErrors({ ...draft, dose: "2 x 400 mg" }, T0)).toBeNull();
  const [entry] = newEntries({ ...draft, dose: "2 x 400 mg" }, writing(T0));
  expect((entry?.body as EntryBody).analgesics).toEqual([{ drug: "Ibuprofen", dose_mg: 800 }]);
});
