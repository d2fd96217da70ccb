import { expect, test } from "vitest";
import { currentEpisode, place } from "../../src/diary/episode.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import { aDiary, anEpisode, HOUR, MINUTE, T0 } from "../makers.ts";

test.each([
  [-HOUR, { kind: "planned" }], [0, { kind: "minutes", count: 0 }], [59 * MINUTE, { kind: "minutes", count: 59 }], [60 * MINUTE, { kind: "hours", count: 1 }],
  [47 * HOUR, { kind: "hours", count: 47 }], [48 * HOUR, { kind: "days", count: 2 }], [42 * 24 * HOUR, { kind: "days", count: 42 }], [70 * 24 * HOUR, { kind: "weeks", count: 10 }],
])("%i ms after the injection the patient is at %o", (passed, expected) => {
  expect(place(anEpisode(), T0 + passed)).toEqual(expected);
});

test("a day begins at midnight of the episode's zone, also over a change of clocks", () => {
  const episode = anEpisode({ performed_at: "2026-03-27T23:30:00+01:00" });
  expect(place(episode, Date.parse("2026-03-30T00:30:00+02:00"))).toEqual({ kind: "days", count: 3 });
});

test("a later event ends the diary", () => {
  expect(place(anEpisode({ ended_at: toRfc3339(T0 + HOUR) }), T0 + 2 * HOUR)).toEqual({ kind: "ended" });
});

test("the newest injection is the current one; a cancelled one never is", () => {
  const older = anEpisode({ episode_id: "older", performed_at: toRfc3339(T0 - 90 * 24 * HOUR) });
  const newer = anEpisode({ episode_id: "newer" });
  const cancelled = anEpisode({ episode_id: "cancelled", status: "cancelled" });
  const planned = anEpisode({ episode_id: "planned", status: "planned", performed_at: null });
  expect(currentEpisode(aDiary({ episodes: [older, cancelled, newer] }))?.episode_id).toBe("newer");
  expect(currentEpisode(aDiary({ episodes: [cancelled, planned] }))?.episode_id).toBe("planned");
  expect(currentEpisode(aDiary({ episodes: [cancelled] }))).toBeNull();
});
