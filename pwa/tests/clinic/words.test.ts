/** Every code a reading, an entry or a form can carry has words on the clinic's screens. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as words from "../../src/clinic/words";

interface Schema {
  enum?: (string | null)[];
  properties?: Record<string, Schema>;
}

const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf-8"));
const defs = read("../../../docs/diary.schema.json").$defs as Record<string, Schema>;
const redFlags = read("../../../server/domain/red_flags.json") as { rows: { code: string }[]; texts: Record<string, { title: string }> };

function codes(name: string): string[] {
  return (defs[name]?.enum ?? []).filter((code) => code !== null);
}

function readingCodes(...path: string[]): string[] {
  const found = path.reduce<Schema | undefined>((schema, key) => schema?.properties?.[key], defs["reading"]);
  return (found?.enum ?? []).filter((code) => code !== null);
}

const TABLES: [string, string[], Readonly<Record<string, string>>][] = [
  ["verdicts", readingCodes("anaesthetic", "verdict"), words.VERDICTS],
  ["flare statuses", readingCodes("flare", "status"), words.FLARES],
  ["steroid statuses", readingCodes("steroid", "status"), words.STEROID_STATUSES],
  ["shapes", readingCodes("shape"), words.SHAPES],
  ["confidence grades", readingCodes("confidence", "grade"), words.CONFIDENCE],
  ["scales", codes("scale"), words.SCALES],
  ["regions", codes("region"), words.REGIONS],
  ["sides", codes("side"), words.SIDES],
  ["indications", codes("indication"), words.INDICATIONS],
  ["anaesthetics", codes("anaesthetic_drug"), words.ANAESTHETICS],
  ["steroids", codes("steroid_drug"), words.STEROIDS],
  ["side effects", codes("side_effect_code"), words.SIDE_EFFECTS],
  ["severities", codes("severity"), words.SEVERITIES],
  ["activities", codes("activity"), words.ACTIVITIES],
  ["skips", codes("skip"), words.SKIPS],
  ["events", codes("event_kind"), words.EVENTS],
  ["flags of a reading", [...codes("baseline_flag"), ...codes("data_flag")], words.READING_FLAGS],
  ["red flags", redFlags.rows.map((row) => row.code), words.RED_FLAGS],
];

describe("every code has words", () => {
  test.each(TABLES)("%s", (_, list, table) => {
    expect(list.length).toBeGreaterThan(0);
    expect(list.filter((code) => !Object.hasOwn(table, code))).toEqual([]);
  });

  test("the forms offer exactly the codes that the diary format knows", () => {
    expect(Object.keys(words.ANAESTHETICS).sort()).toEqual(codes("anaesthetic_drug").sort());
    expect(Object.keys(words.STEROIDS).sort()).toEqual(codes("steroid_drug").sort());
    expect(Object.keys(words.INDICATIONS).sort()).toEqual(codes("indication").sort());
    expect(Object.keys(words.REGIONS).sort()).toEqual(codes("region").sort());
    expect(Object.keys(words.EVENTS).sort()).toEqual(codes("event_kind").sort());
  });

  test("grades, roles, levels and phone states of the API have words", () => {
    for (const grade of ["on_time", "late", "back_filled", "extra", "skipped", "clock_suspect", "before"])
      expect(words.GRADES).toHaveProperty(grade);
    for (const role of ["physician", "nurse", "admin", "auditor"]) expect(words.ROLES).toHaveProperty(role);
    for (const level of ["E", "S", "N", "C"]) expect(words.ALERT_LEVELS).toHaveProperty(level);
    for (const state of ["none", "invited", "enrolled"]) expect(words.DEVICES).toHaveProperty(state);
  });

  test("every error the server may raise towards staff has a sentence", () => {
    const source = readFileSync(new URL("../../../server/errors.py", import.meta.url), "utf-8");
    const raised = [...source.matchAll(/^ {4}code = "([a-z-]+)"/gm)].map((match) => match[1] ?? "");
    const elsewhere = /^(enrolment-|language-|device-|delivery-|client-too-old|configuration)/;
    const forStaff = raised.filter((code) => !elsewhere.test(code));
    expect(forStaff).toContain("forbidden");
    expect(forStaff.filter((code) => !Object.hasOwn(words.ERRORS, code))).toEqual([]);
  });
});

describe("words around codes", () => {
  test("an unknown code is shown readably, never hidden", () => {
    expect(words.wordsFor(words.VERDICTS, "brand_new_code")).toBe("brand new code");
    expect(words.wordsFor(words.VERDICTS, "constructor")).toBe("constructor");
    expect(words.wordsFor(words.VERDICTS, null)).toBe("–");
  });

  test("a headline says whether the relief was still there", () => {
    expect(words.headline({ name: "L50", days: 57.25, censored: false })).toBe("57.3 d");
    expect(words.headline({ name: "L30", days: 41, censored: true })).toBe("≥ 41 d");
    expect(words.headline(null)).toBe("–");
  });

  test("at least is never rounded up", () => {
    expect(words.headline({ name: "L50", days: 23.58, censored: true })).toBe("≥ 23.5 d");
    expect(words.headline({ name: "L50", days: 23.6, censored: true })).toBe("≥ 23.6 d");
  });

  test("a length that something else cut short says so", () => {
    const ended = (ended_by: string | null) => words.endedBy({ name: "L50", days: 8, censored: true, ended_by });
    expect(["surgery", "repeat", "pain", null].map(ended)).toEqual(["until surgery", "until repeat injection", null, null]);
  });

  test("one red flag has the rule table's own wording", () => {
    expect(words.RED_FLAGS["limb_weak_or_numb"]).toBe(redFlags.texts["limb_weak_or_numb"]?.title);
  });

  test("no steroid and an unknown steroid read differently", () => {
    expect(words.steroidText(null)).toBe("no steroid");
    expect(words.steroidText(undefined)).toBe("steroid not known");
    expect(words.steroidText({ drug: "dexamethasone", dose_mg: 10 })).toBe("dexamethasone 10 mg");
  });

  test("pain on both sides is named for its site", () => {
    expect(words.indexPain({ site: "leg", side: "left" })).toBe("left leg");
    expect(words.indexPain({ site: "leg", side: "both" })).toBe("both legs");
    expect(words.indexPain({ site: "trunk", side: "both" })).toBe("both sides of the trunk");
  });

  test("a slot's key becomes a time", () => {
    expect(["pre", "m15", "h2", "bedtime", "d3", "w5", "mo4", null].map(words.slotText)).toEqual([
      "before T0", "+15 min", "+2 h", "bedtime", "day 3", "week 5", "month 4", "–",
    ]);
    expect(words.slotText("d-3")).toBe("day \u22123");
  });

  test("a figure stays with its unit and a range in one piece", () => {
    expect(words.tied("at least 50 % for 2–3.1 h")).toBe("at least 50\u00a0% for 2\u2060–\u20603.1\u00a0h");
    expect(words.tied("day 63 held 2 hours")).toBe("day 63 held 2 hours");
  });

  test("a failed call says what happened and how long to wait", () => {
    expect(words.errorSentence({ code: "offline" })).toBe("No connection. Nothing was changed.");
    expect(words.errorSentence({ code: "too-many-attempts", retryAfter: 240 })).toBe(
      "Too many attempts. Please wait 4 minutes and try again.",
    );
    expect(words.errorSentence({ code: "http-418", message: "http-418" })).toBe("Something went wrong. Please try again.");
  });
});
