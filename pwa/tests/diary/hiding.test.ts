import { expect, test } from "vitest";
import { hiding } from "../../src/diary/hiding.ts";
import { anEpisode, HOUR, T0 } from "../makers.ts";

test("scores are hidden until the diagnostic window has closed", () => {
  expect(hiding(anEpisode(), false, T0 + 4 * HOUR - 1)).toEqual({ hidden: true, why: "window", untilMs: T0 + 4 * HOUR });
  expect(hiding(anEpisode(), false, T0 + 4 * HOUR)).toEqual({ hidden: false });
});

test("before the injection its end is not known, so scores are hidden", () => {
  expect(hiding(anEpisode({ performed_at: null, status: "planned" }), false, T0)).toEqual({ hidden: true, why: "window", untilMs: null });
});

test("afterwards they are hidden while a check-in is due", () => {
  expect(hiding(anEpisode(), true, T0 + 30 * HOUR)).toEqual({ hidden: true, why: "due", untilMs: null });
});

test("a closed episode hides nothing", () => {
  expect(hiding(anEpisode({ status: "closed" }), false, T0 + HOUR)).toEqual({ hidden: false });
});
