/** Every symptom and question of the table has words for the patient. */

import { describe, expect, test } from "vitest";
import table from "../../../server/domain/red_flags.json";
import { FLAG_CODES, triage } from "../../src/diary/flags.ts";
import { flagAsk, flagQuestion, flagSelfCare, reviewed } from "../../src/i18n/flags.en.ts";

describe("the patient's words", () => {
  test("exist for each symptom the phone can report, and for no other", () => {
    expect(Object.keys(flagAsk).sort()).toEqual([...FLAG_CODES].sort());
  });

  test("exist for each question a row asks", () => {
    for (const row of table.rows) {
      for (const answer of ("asks" in row ? row.asks : undefined) ?? []) {
        expect([row.code, flagQuestion(row.code, answer)]).not.toEqual([row.code, answer]);
      }
    }
  });

  test("tell what to do wherever a symptom can be self-care", () => {
    const selfCare = table.rows.filter((row) => row.windows.some((window) => window.level === "C"));
    expect(selfCare.map((row) => row.code).sort()).toEqual(Object.keys(flagSelfCare).sort());
  });

  test("stay short: nothing longer than two lines of a phone", () => {
    for (const text of Object.values(flagAsk)) expect(text.length).toBeLessThanOrEqual(120);
  });

  test("are marked as not accepted by a physician", () => {
    expect(reviewed).toBe(false);
  });
});

test("a report with no answers yet is shown at its most urgent", () => {
  expect(triage([{ code: "limb_weak_or_numb" }], 1, "lumbar").level).toBe("E");
});
