/** The week of evenings after relief was lost: engine rules of onset and loss, as far as an offer needs them. */
import { describe, expect, test } from "vitest";
import { againAfter } from "../../src/diary/again.ts";
import { checkInsOf } from "../../src/diary/checkIns.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import { anEpisode, HOUR, MINUTE, T0 } from "../makers.ts";

const EVENING = T0 + 11 * HOUR + 40 * MINUTE;
const DAY = 24 * HOUR;
/** An average given on the evening of each day, by day. */
const averages = (days: Record<number, number>) =>
  Object.entries(days).map(([day, pain]) => ({ taken_at: toRfc3339(EVENING + Number(day) * DAY), scale: "average_24h" as const, pain }));
const after = (days: Record<number, number>, baseline: number | null = 8) => againAfter(T0, "Europe/Berlin", averages(days), baseline);

describe("daily again", () => {
  test.each<[string, Record<number, number>, number | null]>([
    ["the first average above half the baseline after two good days", { 3: 4, 4: 4, 35: 4, 42: 5, 49: 7 }, 42],
    ["exactly half is not above the line", { 3: 4, 4: 3, 35: 4 }, null],
    ["one good day is no onset", { 3: 4, 4: 7, 5: 7, 35: 7 }, null],
    ["a good day and another two days later are one", { 3: 4, 5: 4, 35: 6 }, 35],
    ["weekly averages in weeks 5 and 6 are an onset too", { 3: 8, 35: 3, 42: 3, 49: 6 }, 49],
    ["two averages more than 8 days apart are none", { 29: 3, 42: 3, 49: 6 }, null],
    ["no relief, no week", { 1: 8, 2: 8, 35: 8 }, null],
  ])("%s", (_, days, day) => expect(after(days)).toBe(day));

  test("a small baseline needs two whole points for an onset", () => {
    expect(after({ 3: 2, 4: 2, 35: 3 }, 3)).toBeNull();
    expect(after({ 3: 1, 4: 1, 35: 3 }, 3)).toBe(35);
  });

  test("without a baseline nothing is judged", () => expect(after({ 3: 4, 4: 4, 35: 8 }, null)).toBeNull());

  test("seven evenings are offered after that day, none expected, and only on this patient's phone", () => {
    const episode = anEpisode({ baseline: { pain: 8, locked: true, average: 8 } });
    const offered = checkInsOf(episode, averages({ 3: 4, 4: 4, 35: 7 }), T0 + 36 * DAY).filter(({ kind }) => kind === "again");
    expect(offered.map(({ key }) => key)).toEqual([36, 37, 38, 39, 40, 41, 42].map((day) => `again${day}`));
    expect(offered.every(({ expected }) => !expected)).toBe(true);
    expect(checkInsOf(episode, [], T0 + 36 * DAY).some(({ kind }) => kind === "again")).toBe(false);
  });
});
