/** A form that was left unsaved takes over no later check-in. */
import { expect, test } from "vitest";
import { emptyDraft, takenAt, type Draft } from "../../src/diary/compose.ts";
import { followsScore, opened, touched } from "../../src/patient/kept.ts";
import { MINUTE, T0 } from "../makers.ts";

const BEGUN = T0 + 31 * MINUTE;
const LATER = T0 + 62 * MINUTE;
const left: Draft = { ...emptyDraft("now", BEGUN), pain: 4, note: "after lunch", effects: { dizziness: "mild" } };
const fresh = () => emptyDraft("now", LATER);
const comeBack = (kept: Draft, now = LATER) => {
  const { draft, begunAt } = opened(kept, now, fresh);
  if (!draft) throw new Error("nothing came back");
  return { draft, begunAt };
};

test("what was scored half an hour ago and is saved as it stands is a score of then", () => {
  const { draft, begunAt } = comeBack(left);
  expect([draft.pain, takenAt(draft, LATER), begunAt]).toEqual([4, BEGUN, BEGUN]);
});

test("a score given afresh is one of now, and the rest of what was typed is kept", () => {
  const { draft, begunAt } = comeBack(left);
  const after = touched(draft, { pain: 3 }, begunAt, LATER);
  expect(after).toEqual({ ...left, pain: 3, openedAt: LATER, when: { kind: "now" } });
  expect(comeBack(after, LATER + MINUTE)).toEqual({ draft: after, begunAt: null });
});

test.each(["worst", "alsoNow", "axial"] as const)("so it is with %s", (name) => {
  const { draft, begunAt } = comeBack(left);
  expect(touched(draft, { [name]: 6 }, begunAt, LATER).when).toEqual({ kind: "now" });
});

test("a first score in a form that was begun without one is a score of now", () => {
  const { draft, begunAt } = comeBack({ ...left, pain: null });
  expect(takenAt(touched(draft, { pain: 3 }, begunAt, LATER), LATER)).toBe(LATER);
});

test("a remark added later moves no score, however often the app was closed between", () => {
  const first = comeBack(left);
  const remarked = touched(first.draft, { note: "after a late lunch" }, first.begunAt, LATER);
  expect(remarked).toEqual({ ...left, note: "after a late lunch", when: { kind: "at", at: BEGUN } });
  const second = comeBack(remarked, LATER + MINUTE);
  expect(touched(second.draft, { pain: 4 }, second.begunAt, LATER)).toEqual(remarked);
  expect(touched(second.draft, { pain: 3 }, second.begunAt, LATER).when).toEqual({ kind: "now" });
});

test("a time that the patient chose stays", () => {
  const when = { kind: "ago" as const, minutes: 15, at: BEGUN - 15 * MINUTE };
  const { draft, begunAt } = comeBack({ ...left, when });
  expect(touched(draft, { pain: 3 }, begunAt, LATER).when).toEqual(when);
  expect([followsScore(draft, begunAt), followsScore(comeBack(left).draft, BEGUN)]).toEqual([false, true]);
});

test("an empty form is begun with its first touch, and one of two days ago is forgotten", () => {
  expect(touched(emptyDraft("now", BEGUN), { pain: 3 }, null, LATER).openedAt).toBe(LATER);
  expect(opened({ ...left, openedAt: LATER - 49 * 60 * MINUTE }, LATER, fresh)).toEqual({ draft: fresh(), begunAt: null });
});
