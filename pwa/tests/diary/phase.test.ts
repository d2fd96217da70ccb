import { expect, test } from "vitest";
import { longBefore, phaseOf } from "../../src/diary/episode.ts";
import { anEpisode, HOUR, MINUTE, T0 } from "../makers.ts";

const DAY = 24 * HOUR;

test.each([
  [-1, null], [0, "window"], [239 * MINUTE, "window"], [240 * MINUTE, "today"], [14 * HOUR, "today"], [15 * HOUR, "first"],
  [3 * DAY, "first"], [4 * DAY, "second"], [14 * DAY, "second"], [15 * DAY, "third"], [42 * DAY, "third"], [43 * DAY, "months"],
])("%i ms after the injection the phase is %s", (passed, phase) => expect(phaseOf(anEpisode(), T0 + passed)).toBe(phase));

test("a planned, closed or ended diary is in no phase", () => {
  expect(phaseOf(anEpisode({ status: "planned", performed_at: null }), T0)).toBeNull();
  expect(phaseOf(anEpisode({ status: "closed" }), T0 + DAY)).toBeNull();
  expect(phaseOf(anEpisode({ ended_at: "2026-03-03T09:20:00+01:00" }), T0 + 2 * DAY)).toBeNull();
});

test("a date of more than a week before the injection is asked about, in days", () => {
  expect(longBefore(anEpisode(), T0 - 7 * DAY, T0)).toBeNull();
  expect(longBefore(anEpisode(), T0 - 8 * DAY, T0)).toBe(8);
  expect(longBefore(anEpisode({ status: "planned", performed_at: null }), T0 - 365 * DAY, T0)).toBe(365);
  expect(longBefore(anEpisode(), T0 + 9 * DAY, T0 + 9 * DAY)).toBeNull();
});
