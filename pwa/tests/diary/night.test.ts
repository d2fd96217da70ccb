import { expect, test } from "vitest";
import { isFirstNight } from "../../src/diary/night.ts";
import { anEpisode } from "../makers.ts";

const noon = new Date(2026, 2, 7, 12, 0);
const episode = anEpisode({ performed_at: noon.toISOString() });
const at = (day: number, hour: number, minute = 0) => new Date(2026, 2, day, hour, minute).getTime();

test.each([
  [at(7, 13), false], [at(7, 20, 59), false], [at(7, 21), true], [at(8, 3), true], [at(8, 6, 59), true], [at(8, 7), false], [at(8, 21), false],
])("at %d the first night is %s", (now, night) => {
  expect(isFirstNight(episode, now)).toBe(night);
});

test("without an injection there is no first night, nor before it", () => {
  expect(isFirstNight(anEpisode({ performed_at: null }), at(7, 23))).toBe(false);
  expect(isFirstNight(episode, at(6, 23))).toBe(false);
});
