import { expect, test } from "vitest";
import { checkInsOf } from "../../src/diary/checkIns.ts";
import { slotOf } from "../../src/diary/due.ts";
import { lateness } from "../../src/diary/lateness.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import type { Scale } from "../../src/diary/record.ts";
import { anEpisode, HOUR, MINUTE, T0 } from "../makers.ts";

const checkIns = checkInsOf(anEpisode(), [], T0);
const DAY = 24 * HOUR;

function grade(taken: number, recorded: number, scale: Scale = "now") {
  const entry = { taken_at: toRfc3339(T0 + taken), recorded_at: toRfc3339(T0 + recorded), scale, pain: 3 };
  return lateness(entry, slotOf(checkIns, entry), "Europe/Berlin");
}

const EVENING = 11 * HOUR + 40 * MINUTE; // 21:00

test.each<[string, number, number, string]>([
  ["within the window of its check-in", 30, 40, "on_time"],
  ["after it", 30, 41, "late"],
  ["to the last late minute", 30, 60, "late"],
  ["after that", 30, 61, "from_memory"],
  ["in no check-in, within the hour", 100, 160, "on_time"],
  ["in no check-in, later", 100, 161, "from_memory"],
])("a score written %s is %s", (_, taken, recorded, expected) => expect(grade(taken * MINUTE, recorded * MINUTE)).toBe(expected));

test("an evening counts until noon of the next day", () => {
  expect(grade(DAY + EVENING, DAY + EVENING, "average_24h")).toBe("on_time");
  expect(grade(DAY + EVENING, DAY + EVENING + 12 * HOUR, "average_24h")).toBe("late");
  expect(grade(DAY + EVENING, 2 * DAY + EVENING, "average_24h")).toBe("from_memory");
});

test("an average of no check-in is from memory after the noon of the day after", () => {
  const taken = 31 * DAY + EVENING;
  expect(grade(taken, taken + 14 * HOUR, "average_24h")).toBe("on_time");
  expect(grade(taken, taken + 16 * HOUR, "average_24h")).toBe("from_memory");
});
