import { expect, test } from "vitest";
import { deleted } from "../../src/diary/revise.ts";
import { fold, headOf } from "../../src/diary/head.ts";
import { anEntry, asRevision, MINUTE, T0, versionOf, writing } from "../makers.ts";

test("the head is the end of the longest chain, then the larger id", () => {
  const first = anEntry(T0, 3);
  const second = { ...versionOf(first, 4), rev_id: "bbbbbbbb-0000-4000-8000-000000000000" };
  const sibling = { ...versionOf(first, 5), rev_id: "aaaaaaaa-0000-4000-8000-000000000000" };
  const third = { ...versionOf(first, 6), parent_rev: sibling.rev_id };
  const held = [second, first, sibling].map((operation) => asRevision(operation));
  expect(headOf(held).rev_id).toBe(second.rev_id);
  expect(headOf([...held, asRevision(third)]).rev_id).toBe(third.rev_id);
});

test("entries stand in the order of the moments they describe, each once", () => {
  const late = anEntry(T0 + 30 * MINUTE);
  const early = anEntry(T0);
  const { entries } = fold([late, early, versionOf(early, 5)].map((operation) => asRevision(operation)));
  expect(entries.map(({ entryId, edited }) => [entryId, edited])).toEqual([[early.entry_id, true], [late.entry_id, false]]);
  expect(entries[0]?.body.pain).toBe(5);
});

test("a deleted entry stays deleted, whatever is edited later", () => {
  const first = anEntry(T0);
  const gone = deleted({ entryId: first.entry_id, head: first }, writing(T0));
  const { entries } = fold([first, gone, versionOf(first, 9)].map((operation) => asRevision(operation)));
  expect(entries).toEqual([]);
});

test("an edit whose first version has not come yet is shown all the same", () => {
  const edit = versionOf(anEntry(T0), 5);
  expect(fold([asRevision(edit)]).entries.length).toBe(1);
});

test("revisions that name each other as parents do not hang the app", () => {
  const a = anEntry(T0);
  const b = { ...versionOf(a, 4) };
  const { entries } = fold([asRevision({ ...a, parent_rev: b.rev_id }), asRevision(b)]);
  expect(entries.length).toBe(1);
});
