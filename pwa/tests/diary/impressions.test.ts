import { expect, test } from "vitest";
import { impressionSlots } from "../../src/diary/checkIns.ts";
import { fold } from "../../src/diary/head.ts";
import { impression, impressionDue } from "../../src/diary/impressions.ts";
import { deleted } from "../../src/diary/revise.ts";
import type { Operation } from "../../src/diary/record.ts";
import { anEpisode, asRevision, HOUR, T0, writing } from "../makers.ts";

const DAY = 24 * HOUR;
const EVENING = 12 * HOUR;
const slots = impressionSlots(anEpisode());
const given = (...operations: Operation[]) => fold(operations.map((operation) => asRevision(operation))).impressions;
const dueOn = (day: number, ...operations: Operation[]) => impressionDue(slots, given(...operations), T0 + day * DAY + EVENING)?.key ?? null;

test.each([[13, null], [14, "pgic14"], [15, null], [28, "pgic28"], [84, null], [86, "pgic90"], [99, "pgic90"], [100, null], [180, "pgic180"], [365, "pgic365"]])(
  "on the evening of day %i it is %s", (day, key) => expect(dueOn(day)).toBe(key));

test("the next morning it can still be given", () => {
  expect(impressionDue(slots, [], T0 + 15 * DAY)?.key).toBe("pgic14");
});

test("answered once it is not asked again, taken back it is", () => {
  const answer = impression(2, "pgic14", writing(T0 + 14 * DAY + EVENING));
  const undo = deleted({ entryId: answer.entry_id, head: answer }, writing(T0 + 14 * DAY + EVENING));
  expect(answer).toMatchObject({ kind: "impression", body: { change: 2, slot: "pgic14" } });
  expect(undo).toMatchObject({ kind: "impression", op: "tombstone" });
  expect(dueOn(14, answer)).toBeNull();
  expect(dueOn(14, answer, undo)).toBe("pgic14");
  expect(dueOn(28, answer)).toBe("pgic28");
});

test("an item of a kind this version does not know is no report and no entry", () => {
  const tomorrow = { ...asRevision(impression(2, "pgic14", writing(T0))), kind: "a kind of tomorrow" } as never;
  expect(fold([tomorrow])).toEqual({ entries: [], reports: [], impressions: [] });
});
