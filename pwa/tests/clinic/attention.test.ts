/** A desk nobody sits at stops asking, so that its session can end. */
import { expect, test } from "vitest";
import { ATTENTION, mayAsk, PAST_IDLE } from "../../src/clinic/attention";

const START = 1_000_000;

test("the page asks by itself while someone is there", () => {
  expect(mayAsk(START + ATTENTION - 1, START, START)).toBe(true);
});

test("it stops when nobody has moved for a while", () => {
  expect(mayAsk(START + ATTENTION, START, START + ATTENTION - 60_000)).toBe(false);
});

test("it asks once more after the session must have ended, which covers the screen", () => {
  expect(mayAsk(START + PAST_IDLE, START, START)).toBe(false);
  expect(mayAsk(START + PAST_IDLE + 1, START, START)).toBe(true);
});
