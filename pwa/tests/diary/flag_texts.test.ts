/** Every symptom and question of the red-flag table has words for the patient. */

import { describe, expect, test } from "vitest";
import table from "../../../server/domain/red_flags.json";
import { enLater } from "../../src/i18n/enLater.ts";
import { wordsFor } from "../../src/i18n/later.ts";

const asks = table.rows.flatMap((row) => (("asks" in row ? row.asks : undefined) ?? []).map((ask) => [row.code, ask] as const));

describe("the patient's words for red flags", () => {
  test("exist for each symptom of the table, and for no other", () => {
    expect(Object.keys(enLater.flags.symptoms).sort()).toEqual(table.rows.map((row) => row.code).sort());
  });

  test.each(asks)("exist for the question behind %s: %s", (code, ask) => {
    expect(wordsFor(enLater.questions.asks, `${ask}:${code}`) ?? wordsFor(enLater.questions.asks, ask)).toMatch(/\?$/);
  });

  test("ask about the signs of each row in that row's own words", () => {
    const own = asks.filter(([, ask]) => ask === "alarm_signs").map(([code]) => wordsFor(enLater.questions.asks, `alarm_signs:${code}`));
    expect(own.filter((words) => words === undefined).length).toBeLessThanOrEqual(1);
  });

  test("exist for each level", () => {
    expect(Object.keys(enLater.flags.levels).sort()).toEqual(["C", "E", "N", "S"]);
  });

  test("stay short: three lines of a phone at most", () => {
    for (const words of Object.values(enLater.flags.symptoms)) expect(words.length).toBeLessThanOrEqual(125);
  });
});
