import { expect, test } from "vitest";
import { panelsOf, rowsOf } from "../../src/charts/curve.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import type { Scale } from "../../src/diary/record.ts";
import { HOUR, MINUTE, T0 } from "../makers.ts";

const DAY = 24 * HOUR;
const EVENING = 11 * HOUR + 40 * MINUTE;
const score = (after: number, pain: number | null, scale: Scale = "now") => ({ taken_at: toRfc3339(T0 + after), scale, pain });
const panels = (...entries: ReturnType<typeof score>[]) => panelsOf(T0, "Europe/Berlin", entries);

test("the first day stands in hours, the days after by the day they tell of", () => {
  const [hours, days] = panels(score(2 * DAY + EVENING, 4, "average_24h"), score(2 * HOUR, 1), score(30 * MINUTE, 3));
  expect(hours).toMatchObject({ kind: "hours", until: 8, points: [{ x: 0.5, pain: 3 }, { x: 2, pain: 1 }] });
  expect(days).toMatchObject({ kind: "days", until: 7, points: [{ x: 2, pain: 4 }] });
});

test("of two averages for one day the last counts", () => {
  const [days] = panels(score(2 * DAY + EVENING, 4, "average_24h"), score(2 * DAY + EVENING + HOUR, 6, "average_24h"));
  expect(days?.points).toMatchObject([{ x: 2, pain: 6 }]);
});

test("skipped check-ins, worst scores and what was before the injection are not drawn", () => {
  expect(panels(score(HOUR, null), score(-HOUR, 7), score(2 * DAY, 9, "worst_24h"))).toEqual([]);
});

test("the axis grows with the diary", () => {
  expect(panels(score(20 * HOUR, 2))[0]?.until).toBe(24);
  const [days] = panels(score(63 * DAY + EVENING, 4, "average_24h"));
  expect([days?.until, days?.ticks]).toEqual([84, [0, 21, 42, 63, 84]]);
});

test("the table holds every own score, also one between check-ins that no line can hold", () => {
  const entries = [score(DAY + 7 * HOUR, 4), score(30 * MINUTE, 3), score(DAY + EVENING, 5, "average_24h"), score(DAY + EVENING, 8, "worst_24h"), score(-HOUR, 7), score(HOUR, null)];
  expect(rowsOf(T0, entries)).toEqual([
    { kind: "hours", pain: 3, at: T0 + 30 * MINUTE },
    { kind: "days", pain: 5, at: T0 + DAY + EVENING - DAY / 2 },
    { kind: "hours", pain: 4, at: T0 + DAY + 7 * HOUR },
  ]);
});
