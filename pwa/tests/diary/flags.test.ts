/** Red-flag triage against the contract cases that the server runs too. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type FlagEntry, flagsInEntry } from "../../src/diary/entry_flags.ts";
import { FLAG_CODES, isNumberQuestion, type Level, questionsFor, type Report, triage } from "../../src/diary/flags.ts";

type At = [number, Level, number | null];
interface Contract {
  regions: string[];
  rows: { code: string; answers: Record<string, boolean | number>; regions?: string[]; at: At[] }[];
  unknown_time: Record<string, Level>;
  cases: {
    name: string;
    reports: Report[];
    hours: number | null;
    region: string | null;
    context?: Record<string, boolean>;
    level: Level | null;
    findings: unknown[];
  }[];
  unknown_codes: string[];
  entries: {
    name: string;
    entry: FlagEntry;
    hours: number | null;
    baseline: number | null;
    region: string;
    others?: [number | null, FlagEntry][];
    codes: string[];
    level: Level | null;
  }[];
}

const contract = JSON.parse(
  readFileSync(new URL("../../../tests/contract/flags.json", import.meta.url), "utf-8"),
) as Contract;

describe("each row of the table", () => {
  test.each(contract.rows.map((row) => [`${row.code} ${JSON.stringify(row.answers)}`, row] as const))(
    "gives its level on both sides of each edge in each region: %s",
    (_, row) => {
      for (const region of row.regions ?? contract.regions) {
        for (const [at, level, recheck] of row.at) {
          const [finding] = triage([{ code: row.code, ...row.answers }], at, region).findings;
          expect([at, region, finding?.level, finding?.recheckAtHours]).toEqual([at, region, level, recheck]);
        }
      }
    },
  );

  test.each(Object.entries(contract.unknown_time))("takes its highest level at an unknown time: %s", (code, level) => {
    const safe = contract.rows.find((row) => row.code === code)!.answers;
    expect(triage([{ code, ...safe, onset_hours: 1 }], null, "lumbar").level).toBe(level);
  });
});

describe("triage", () => {
  test.each(contract.cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const result = triage(one.reports, one.hours, one.region, one.context);
    expect(result.level).toBe(one.level);
    const findings = result.findings.map(({ recheckAtHours, ...rest }) => ({ ...rest, recheck_at_hours: recheckAtHours }));
    expect(findings).toEqual(one.findings);
  });

  test.each(contract.unknown_codes)("is never silent about a symptom it does not know: %j", (code) => {
    const result = triage([{ code: "steroid_effects" }, { code }], 1, "lumbar");
    expect(result.level).toBe("E");
    expect(result.findings[1]?.reasons).toEqual(["unknown_code"]);
  });
});

describe("an ordinary entry", () => {
  test.each(contract.entries.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const found = flagsInEntry(one.entry, one.hours, one.baseline, one.region, one.others);
    expect(found.map((report) => report.code)).toEqual(one.codes);
    expect(triage(found, one.hours, one.region).level).toBe(one.level);
  });
});

describe("the questions of a report", () => {
  test("are none for a symptom that needs no answer", () => {
    expect(questionsFor({ code: "hives" }, 5, "lumbar")).toEqual([]);
    expect(questionsFor({ code: "toothache" }, 5, "lumbar")).toEqual([]);
  });

  test("leave out what cannot matter at this time and place", () => {
    expect(questionsFor({ code: "headache_postural" }, 5, "lumbar")).toEqual(["alarm_signs"]);
    expect(questionsFor({ code: "headache_postural" }, 130, "lumbar")).toEqual(["onset_hours", "severe", "alarm_signs"]);
    expect(questionsFor({ code: "limb_weak_or_numb" }, 5, "lumbar")).toEqual([
      "blocked_area_only",
      "worse",
      "recovered_between",
    ]);
    expect(questionsFor({ code: "limb_weak_or_numb" }, 5, "thoracic")).toContain("weak");
  });

  test("keep a question after it was answered, whatever the answer", () => {
    expect(questionsFor({ code: "headache_postural", onset_hours: 10 }, 130, "lumbar")).toContain("onset_hours");
    expect(questionsFor({ code: "limb_weak_or_numb", worse: false }, 5, "lumbar")).toContain("worse");
  });

  test("follow a report to the row it really belongs to", () => {
    expect(questionsFor({ code: "mild_temperature", temperature_c: 37.6 }, 5, "lumbar")).toEqual(["temperature_c", "well"]);
    expect(questionsFor({ code: "mild_temperature", temperature_c: 38.3 }, 5, "lumbar")).toEqual([
      "temperature_c",
      "well",
      "alarm_signs",
    ]);
  });

  test("once all answered in the safe way, leave the level of the window", () => {
    for (const code of FLAG_CODES) {
      for (const region of contract.regions) {
        for (const hours of [1, 10, 30, 100, 130, 2000]) {
          const windowed = triage([safelyAnswered(code, hours, region)], hours, region).findings[0]!;
          const stillOpen = windowed.reasons.filter((reason) => reason.startsWith("unanswered"));
          expect([code, region, hours, stillOpen]).toEqual([code, region, hours, []]);
        }
      }
    }
  });

  test("are numbers for the temperature and the onset only", () => {
    expect(["temperature_c", "onset_hours", "worse"].map(isNumberQuestion)).toEqual([true, true, false]);
  });
});

/** Answers every question the screen would show, in the way that raises nothing. */
function safelyAnswered(code: string, hours: number, region: string): Report {
  const raisedByNo = new Set(["blocked_area_only", "well"]);
  const numbers: Record<string, number> = { temperature_c: 37.6, onset_hours: 1 };
  let report: Report = { code };
  for (const question of questionsFor(report, hours, region)) {
    report = { ...report, [question]: numbers[question] ?? raisedByNo.has(question) };
  }
  return report;
}
