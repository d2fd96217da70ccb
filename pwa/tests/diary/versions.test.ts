import { expect, test } from "vitest";
import { changedBack, deleted, restored } from "../../src/diary/revise.ts";
import { fold } from "../../src/diary/head.ts";
import type { EntryBody, Operation } from "../../src/diary/record.ts";
import { deletedEntries, versionsOf } from "../../src/diary/versions.ts";
import { anEntry, asRevision, MINUTE, T0, versionOf, writing } from "../makers.ts";

const held = (...operations: Operation[]) => operations.map((operation) => asRevision(operation));
const scores = (...operations: Operation[]) => [...versionsOf(held(...operations)).values()].map((all) => all.map(({ body }) => body?.pain ?? null));

const first = anEntry(T0, 3);
const second = versionOf(first, 4);
const gone = deleted({ entryId: first.entry_id, head: second }, writing(T0 + MINUTE));

test("an entry that was never changed has no history to show", () => expect(scores(first, anEntry(T0, 5))).toEqual([]));

test("versions stand in the order they were made from each other, whatever order they arrived in", () => {
  expect(scores(second, first)).toEqual([[3, 4]]);
  expect(scores(gone, first, second)).toEqual([[3, 4, null]]);
});

test("versions made apart from the line that counts are kept before it", () => {
  expect(scores(first, second, versionOf(first, 9))[0]).toHaveLength(3);
});

test("a deleted entry still says what it said last", () => {
  expect(deletedEntries(versionsOf(held(first, second, gone)))).toMatchObject([{ entryId: first.entry_id, body: { pain: 4 } }]);
  expect(deletedEntries(versionsOf(held(first, second)))).toEqual([]);
});

test("taking back a deletion writes the same entry anew with its own times", () => {
  const again = restored(second.body, writing(T0 + 5 * MINUTE));
  const { entries } = fold(held(first, second, gone, again));
  expect(entries.map(({ entryId, body }) => [entryId, body])).toEqual([[again.entry_id, second.body]]);
  expect(again.entry_id).not.toBe(first.entry_id);
});

test("taking back a change is one more version", () => {
  const [entry] = fold(held(first, second)).entries;
  const back = changedBack(entry!, first.body as EntryBody, writing(T0 + 5 * MINUTE));
  expect(back).toMatchObject({ entry_id: first.entry_id, parent_rev: second.rev_id, body: first.body });
});
