/** What the clinic's protocol leaves out is not asked for; what is expected always is. */
import { expect, test } from "vitest";
import { checkInsOf, impressionSlots } from "../../src/diary/checkIns.ts";
import { anEpisode, T0 } from "../makers.ts";

const LEAST = { offer_45: false, evenings_before: false, impressions: false };
const keys = (options?: typeof LEAST) => checkInsOf({ ...anEpisode(), ...(options ? { options } : {}) }, [], T0).map(({ key }) => key);

test("a protocol that offers less leaves out +45 and the impressions, and nothing expected", () => {
  const all = keys();
  const least = keys(LEAST);
  expect(all.filter((key) => !least.includes(key))).toEqual(["m45"]);
  expect(impressionSlots({ ...anEpisode(), options: LEAST })).toEqual([]);
  expect(impressionSlots(anEpisode())).toHaveLength(5);
});

test("evenings before the injection are asked for only where they are offered", () => {
  const planned = { ...anEpisode(), status: "planned" as const, performed_at: null };
  expect(checkInsOf(planned, [], T0)).toHaveLength(2);
  expect(checkInsOf({ ...planned, options: LEAST }, [], T0)).toEqual([]);
});
