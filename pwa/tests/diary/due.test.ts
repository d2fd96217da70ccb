import { describe, expect, test } from "vitest";
import { checkInsOf } from "../../src/diary/checkIns.ts";
import { answeredKeys, canFill, due, slotOf } from "../../src/diary/due.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import type { Scale } from "../../src/diary/record.ts";
import { anEpisode, HOUR, MINUTE, T0 } from "../makers.ts";

const checkIns = checkInsOf(anEpisode(), [], T0);
const at = (ms: number, scale: Scale = "now") => ({ taken_at: toRfc3339(ms), scale, pain: 3 });
const asleep = (ms: number, scale: Scale = "now") => ({ taken_at: toRfc3339(ms), scale, pain: null, skipped: "asleep" as const });
const dueKey = (minutes: number, entries: (ReturnType<typeof at> | ReturnType<typeof asleep>)[] = []) => due(checkIns, entries, T0 + minutes * MINUTE).now?.key ?? null;

describe("the check-in that is due", () => {
  test.each([
    [4, null], [5, "m15"], [25, "m30"], [40, "m45"], [60, "m60"], [100, null], [104, null], [105, "h2"], [136, "h2"], [180, "h3"],
  ])("%i minutes after the injection it is %s, when the earlier ones were answered", (minutes, key) => {
    const earlier = [15, 30, 60, 120].filter((planned) => planned + 20 < minutes).map((planned) => at(T0 + planned * MINUTE));
    expect(dueKey(minutes, earlier)).toBe(key);
  });

  test("the one on time goes before an older late one", () => {
    expect(dueKey(55)).toBe("m60");
    expect(dueKey(83)).toBe("m60");
  });

  test("an offered one is not asked for late", () => {
    expect(dueKey(58, [at(T0 + 30 * MINUTE), at(T0 + 60 * MINUTE)])).toBeNull();
  });

  test("an answered one is not due again, and neither is one the patient slept through", () => {
    expect(dueKey(121, [at(T0 + 120 * MINUTE)])).toBeNull();
    expect(dueKey(121, [asleep(T0 + 120 * MINUTE)])).toBeNull();
  });

  test("an evening asks for the average, and a score of the moment does not answer it", () => {
    const evening = Date.parse("2026-03-03T20:00:00+01:00");
    expect(due(checkIns, [at(evening)], evening).now).toMatchObject({ key: "d1", scale: "average_24h" });
    expect(due(checkIns, [at(evening, "average_24h")], evening).now).toBeNull();
  });

  test("an evening may be answered until noon", () => {
    const noon = Date.parse("2026-03-04T12:00:00+01:00");
    expect(due(checkIns, [], noon).now?.key).toBe("d1");
    expect(due(checkIns, [], noon + 1).now).toBeNull();
  });
});

describe("what comes next and what was missed", () => {
  test("the next one is expected, open later and the earliest", () => {
    expect(due(checkIns, [], T0 + 31 * MINUTE).next?.key).toBe("m60");
    expect(due(checkIns, [], T0 + 8.5 * HOUR).next?.key).toBe("bedtime");
  });

  test("missed ones are listed in order and can be filled in for a while", () => {
    const { missed } = due(checkIns, [at(T0 + 30 * MINUTE)], T0 + 3.5 * HOUR);
    expect(missed.map(({ key }) => key)).toEqual(["pre", "m15", "m60", "h2"]);
    const [, m15] = missed;
    expect(m15 && canFill(m15, T0 + 48 * HOUR)).toBe(true);
    expect(m15 && canFill(m15, T0 + 49 * HOUR)).toBe(false);
  });

  test("one filled in from memory is no longer missed", () => {
    const filled = checkIns.find(({ key }) => key === "h2");
    const { missed } = due(checkIns, [at(filled?.plannedAt ?? 0)], T0 + 3.5 * HOUR);
    expect(missed.map(({ key }) => key)).not.toContain("h2");
  });
});

test("a check-in that a score given now cannot fill any more is not asked for", () => {
  expect(dueKey(30)).toBe("m30");
  expect(dueKey(31, [at(T0 + 30 * MINUTE)])).toBeNull();
  expect(dueKey(50, [at(T0 + 30 * MINUTE)])).toBe("m45");
  expect(dueKey(56, [at(T0 + 30 * MINUTE)])).toBe("m60");
});

test("a moment between two check-ins belongs to the nearer one, on time before late", () => {
  expect(slotOf(checkIns, at(T0 + 22 * MINUTE))?.key).toBe("m15");
  expect(slotOf(checkIns, at(T0 + 23 * MINUTE))?.key).toBe("m30");
  expect(slotOf(checkIns, at(T0 + 85 * MINUTE))?.key).toBe("m60");
  expect(slotOf(checkIns, at(T0 + 95 * MINUTE))).toBeNull();
});

test("while the injection has no time each evening is offered, and none is expected or missed", () => {
  const planned = anEpisode({ performed_at: null, status: "planned" });
  const evening = T0 + 12 * HOUR;
  const offered = checkInsOf(planned, [], evening);
  expect(offered.map(({ scale, expected }) => [scale, expected])).toEqual([["average_24h", false], ["average_24h", false]]);
  expect(due(offered, [], evening)).toMatchObject({ now: { plannedAt: T0 + 11 * HOUR + 40 * MINUTE }, next: null, missed: [] });
  expect(due(checkInsOf(planned, [], T0), [], T0).now).toBeNull();
});

describe("evenings before an injection that is planned", () => {
  const keys = (planned_on: string | null, day: string) => {
    const now = Date.parse(`${day}T19:00:00+01:00`);
    const episode = anEpisode({ status: "planned", performed_at: null, planned_on });
    return checkInsOf(episode, [], now).map(({ plannedAt }) => toRfc3339(plannedAt).slice(0, 10));
  };

  test("are offered every day while no day is planned", () => {
    expect(keys(null, "2026-02-02")).toEqual(["2026-02-01", "2026-02-02"]);
  });

  test.each([
    ["2026-02-22", []],
    ["2026-02-23", ["2026-02-23"]],
    ["2026-03-01", ["2026-02-28", "2026-03-01"]],
    ["2026-03-02", ["2026-03-01"]],
  ])("begin seven days before it and end with the day before: %s", (day, offered) => {
    expect(keys("2026-03-02", day)).toEqual(offered);
  });

  test("go on when the planned day has passed without one", () => {
    expect(keys("2026-03-02", "2026-03-04")).toEqual(["2026-03-03", "2026-03-04"]);
  });
});

test("every check-in is answered by a score at either end of its time, and by none beyond the first and the last", () => {
  for (const { key, scale, onTimeFrom, lateUntil } of checkIns) {
    const own = checkIns.filter((one) => one.key === key);
    expect([...answeredKeys(own, [at(onTimeFrom, scale)])]).toEqual([key]);
    expect([...answeredKeys(own, [at(lateUntil, scale)])]).toEqual([key]);
    expect([...answeredKeys(own, [at(onTimeFrom - 1000, scale), at(lateUntil + 1000, scale)])]).toEqual([]);
  }
});
