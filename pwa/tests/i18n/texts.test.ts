import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FLAG_CODES } from "../../src/diary/flags.ts";
import { en } from "../../src/i18n/en.ts";
import { enLater } from "../../src/i18n/enLater.ts";
import { plural } from "../../src/i18n/plural.ts";
import { rows } from "../../../server/domain/red_flags.json";

const PATIENT = join(import.meta.dirname, "../../src/patient");

/** Every text as a patient reads it; functions are called with plausible values. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, at) => texts(item, `${path}[${at}]`));
  if (typeof value === "function") return [[path, String((value as (...given: unknown[]) => string)("leg", "left", "14:02"))]].concat([[path, String((value as (n: number) => string)(2))]]) as [string, string][];
  return Object.entries(value as object).flatMap(([key, item]) => texts(item, `${path}.${key}`));
}

const all = [...texts(en), ...texts(enLater)];

describe("the voice", () => {
  test("no text is empty or loud", () => {
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toContain("!");
    }
  });

  test("no drug is named and no effect is promised", () => {
    const drugs = /lidocain|mepivacain|prilocain|bupivacain|ropivacain|dexamethason|betamethason|triamcinolon|prednisolon|steroid|cortison|anaesthetic|numbing drug/i;
    const promises = /will (help|work|get better|go away|relieve)|should (help|work|feel)/i;
    for (const [path, text] of all) {
      expect(text, path).not.toMatch(drugs);
      expect(text, path).not.toMatch(promises);
    }
  });

  test("sentences are short", () => {
    const long = all.flatMap(([path, text]) => text.split(/[.?:]\s/).map((sentence) => [path, sentence.split(" ").length] as const)).filter(([, words]) => words > 24);
    expect(long).toEqual([]);
  });
});

describe("completeness", () => {
  test("every symptom of the table has the patient's words", () => {
    for (const code of FLAG_CODES) expect(enLater.flags.symptoms[code], code).toBeTruthy();
  });

  test("every question of the table has the patient's words", () => {
    const asked = new Set(rows.flatMap((row) => ("asks" in row ? (row.asks ?? []) : [])));
    for (const question of asked) expect(enLater.questions.asks[question], question).toBeTruthy();
  });

  test("every problem of enrolment has its own words", () => {
    for (const code of ["enrolment-unknown", "enrolment-code-wrong", "enrolment-dead", "enrolment-expired", "enrolment-used"]) {
      expect(enLater.enrol.problems[code], code).toBeTruthy();
    }
  });

  test("no screen holds words of its own", () => {
    const files = readdirSync(PATIENT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
    expect(files.length).toBeGreaterThan(10);
    const worded = /<(?:p|b|span|h[1-6]|button|li|a|legend|label|small)\b[^>{}]*>\s*[A-Za-z][A-Za-z ]+|aria-label="|placeholder="|title="[A-Z]/;
    const own = files.filter((file) => worded.test(readFileSync(join(PATIENT, file), "utf8")));
    expect(own).toEqual([]);
  });
});

test("counted words follow the language's plural rules", () => {
  const forms = { one: "# entry", other: "# entries" };
  expect(plural("en")(1, forms)).toBe("1 entry");
  expect(plural("en")(2, forms)).toBe("2 entries");
  expect(plural("pl")(2, { one: "a", few: "few", other: "b" })).toBe("few");
});
