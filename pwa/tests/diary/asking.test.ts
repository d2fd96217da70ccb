import { describe, expect, test } from "vitest";
import { asksForFlags, recheckDue } from "../../src/diary/asking.ts";
import { flagReport } from "../../src/diary/revise.ts";
import type { FlagReport } from "../../src/diary/head.ts";
import type { FlagReportBody, SymptomReport } from "../../src/diary/record.ts";
import { anEpisode, asRevision, HOUR, T0, writing } from "../makers.ts";

const report = (at: number, reports: SymptomReport[] = []): FlagReport => {
  const operation = flagReport(reports, "C", writing(at));
  return { entryId: operation.entry_id, head: asRevision(operation), body: operation.body as FlagReportBody, edited: false };
};

describe("the question about red flags", () => {
  test("comes after the first check-in of a day and not again that day", () => {
    expect(asksForFlags(anEpisode(), [], T0 + HOUR / 4)).toBe(true);
    expect(asksForFlags(anEpisode(), [report(T0 + HOUR / 4)], T0 + HOUR / 2)).toBe(false);
    expect(asksForFlags(anEpisode(), [report(T0 + HOUR / 4)], T0 + 34 * HOUR)).toBe(true);
  });

  test("comes again from about four hours after the injection on, also where the check-in then was missed", () => {
    expect(asksForFlags(anEpisode(), [report(T0 + HOUR)], T0 + 3 * HOUR)).toBe(false);
    expect(asksForFlags(anEpisode(), [report(T0 + HOUR)], T0 + 6 * HOUR)).toBe(true);
    expect(asksForFlags(anEpisode(), [report(T0 + HOUR), report(T0 + 5 * HOUR)], T0 + 6 * HOUR)).toBe(false);

    expect(asksForFlags(anEpisode(), [report(T0 + HOUR)], T0 + 4 * HOUR)).toBe(true);
    expect(asksForFlags(anEpisode(), [report(T0 + HOUR), report(T0 + 3.9 * HOUR)], T0 + 4 * HOUR)).toBe(false);
  });

  test("does not come before the injection", () => {
    expect(asksForFlags(anEpisode({ performed_at: null }), [], T0)).toBe(false);
  });
});

describe("checking a symptom again", () => {
  const numb = { code: "limb_weak_or_numb", blocked_area_only: true, worse: false, recovered_between: false, weak: false };

  test("is due when the table says so, until a new report of that symptom", () => {
    const first = report(T0 + 2 * HOUR, [numb]);
    expect(recheckDue(anEpisode(), [first], T0 + 7 * HOUR)).toBeNull();
    expect(recheckDue(anEpisode(), [first], T0 + 8 * HOUR)).toBe("limb_weak_or_numb");
    const again = report(T0 + 8.1 * HOUR, [{ ...numb, at_recheck: true }]);
    expect(recheckDue(anEpisode(), [first, again], T0 + 9 * HOUR)).toBeNull();
  });

  test("is not ended by none of these, nor by another symptom", () => {
    const first = report(T0 + 2 * HOUR, [numb]);
    const later = [report(T0 + 3 * HOUR), report(T0 + 4 * HOUR, [{ code: "vomiting" }]), report(T0 + 8.1 * HOUR)];
    expect(recheckDue(anEpisode(), [first, ...later], T0 + 9 * HOUR)).toBe("limb_weak_or_numb");
  });

  test("ends when the patient says that it has gone, and when a day has passed", () => {
    const first = report(T0 + 2 * HOUR, [numb]);
    const operation = flagReport([], "C", writing(T0 + 8.1 * HOUR), { gone: ["limb_weak_or_numb"] });
    const gone: FlagReport = { entryId: operation.entry_id, head: asRevision(operation), body: operation.body as FlagReportBody, edited: false };
    expect(recheckDue(anEpisode(), [first, gone], T0 + 9 * HOUR)).toBeNull();
    expect(recheckDue(anEpisode(), [first], T0 + 32.1 * HOUR)).toBeNull();
  });

  test("is not asked for a symptom that needs none", () => {
    expect(recheckDue(anEpisode(), [report(T0 + HOUR, [{ code: "vomiting" }])], T0 + 20 * HOUR)).toBeNull();
  });
});
