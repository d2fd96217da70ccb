/** What staff put right in a record of the inbox, by what it is. */
import { describe, expect, it } from "vitest";
import { bodyOfGiven, givenOf, kindOf, lacksSymptom, leftOut } from "../../src/clinic/inbox/correction";

const CODES = ["infection", "bleeding"];
const report = (reports: unknown, more: object = {}) =>
  JSON.stringify({ kind: "flag_report", op: "put", body: { taken_at: "2026-03-02T09:00:00+01:00", reports, ...more } });

describe("a correction", () => {
  it("knows what a record is, what does not say, and what cannot be put right", () => {
    expect(kindOf(report([]))).toBe("flag_report");
    expect(kindOf('{"body": {"pain": 12}}')).toBe("entry");
    expect(kindOf('{"kind": "flags"}')).toBe("");
    expect(kindOf('{"kind": "flag_event"}')).toBeNull();
    expect(kindOf('{"kind": "entry", "op": "tombstone"}')).toBeNull();
  });

  it("keeps the answers of a symptom that stays, and takes unknown ones away", () => {
    const raw = report([{ code: "infection", temperature_c: 38.6 }, { code: "fever?" }, 7]);
    const given = { ...givenOf(raw, CODES), codes: ["infection", "bleeding"] };
    expect(givenOf(raw, CODES).codes).toEqual(["infection"]);
    expect(bodyOfGiven("flag_report", given, raw, "/body/reports/1/code")).toEqual({
      taken_at: "2026-03-02T09:00:00+01:00",
      reports: [{ code: "infection", temperature_c: 38.6 }, { code: "bleeding" }],
    });
  });

  it("leaves out what stands beside the answer and cannot be read, and never part of a score", () => {
    const raw = report([], { shown_level: "X" });
    expect(bodyOfGiven("flag_report", givenOf(raw, CODES), raw, "/body/shown_level")).toHaveProperty("shown_level", null);
    expect(leftOut("entry", "/body/side_effects/0/code")).toBeNull();
  });

  it("makes no report of symptoms one of none by an oversight", () => {
    for (const raw of [report([{ code: "fever?" }]), report("fever")]) {
      expect(lacksSymptom("flag_report", givenOf(raw, CODES), raw)).toBe(true);
      expect(lacksSymptom("flag_report", { ...givenOf(raw, CODES), codes: ["infection"] }, raw)).toBe(false);
    }
    expect(lacksSymptom("flag_report", givenOf(report([]), CODES), report([]))).toBe(false);
    expect(lacksSymptom("entry", givenOf('{"body": {}}', CODES), '{"body": {}}')).toBe(false);
  });

  it("sends an impression as its number", () => {
    const raw = JSON.stringify({ kind: "impression", body: { taken_at: "t", change: 9 } });
    expect(givenOf(raw, CODES).change).toBe("");
    expect(bodyOfGiven("impression", { ...givenOf(raw, CODES), change: "2" }, raw, "/body/change")).toEqual({ taken_at: "t", change: 2 });
  });
});
