import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { open } from "../../src/store/database.ts";
import { migrate, VERSION, type Schema } from "../../src/store/schema.ts";
import { DiaryStore } from "../../src/store/store.ts";
import { anEntry, HOUR, T0 } from "../makers.ts";

let name: string;
let store: DiaryStore;
let other: DiaryStore;

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
  store = new DiaryStore(name);
  other = new DiaryStore(name);
});

afterEach(async () => {
  await Promise.all([store.close(), other.close()]);
  vi.restoreAllMocks();
});

const idsOf = async (from: DiaryStore) => (await from.snapshot()).revisions.map(({ rev_id }) => rev_id).sort();

test("after a save the diary is not read again as a whole, and the saved entry is in it", async () => {
  const [first, second] = [anEntry(T0), anEntry(T0 + HOUR)];
  await store.save([first]);
  await store.snapshot();
  const reads = vi.spyOn(IDBObjectStore.prototype, "getAll");
  await store.save([second]);
  expect(await idsOf(store)).toEqual([first.rev_id, second.rev_id].sort());
  expect(reads.mock.contexts.filter((table) => (table as IDBObjectStore).name === "revisions")).toEqual([]);
});

test("what another tab has saved is there", async () => {
  await store.save([anEntry(T0)]);
  await store.snapshot();
  const theirs = anEntry(T0 + HOUR);
  await other.save([theirs]);
  expect(await idsOf(store)).toContain(theirs.rev_id);
});

test("what another tab has changed is there once it has said so", async () => {
  const entry = anEntry(T0);
  await store.save([entry]);
  await store.snapshot();
  const told = new Promise<void>((resolve) => store.subscribe(resolve));
  await other.change(async (tx) => {
    const kept = (await tx.objectStore("revisions").get(entry.rev_id))!;
    await tx.objectStore("revisions").put({ ...kept, state: "received" });
  });
  await told;
  expect((await store.snapshot()).revisions).toMatchObject([{ state: "received" }]);
});

test("a change made while the diary is being read is not forgotten", async () => {
  const entry = anEntry(T0);
  await store.save([entry]);
  const reading = store.snapshot();
  await store.change(async (tx) => {
    const kept = (await tx.objectStore("revisions").get(entry.rev_id))!;
    await tx.objectStore("revisions").put({ ...kept, state: "received" });
  });
  await reading;
  expect((await store.snapshot()).revisions).toMatchObject([{ state: "received" }]);
});

test("a store emptied behind the app's back reads as empty", async () => {
  await store.save([anEntry(T0)]);
  await store.snapshot();
  const db = await open<Schema>(name, VERSION, { upgrade: migrate, blocking: () => undefined, terminated: () => undefined });
  const tx = db.transaction(["revisions"], "readwrite");
  await tx.objectStore("revisions").clear();
  await tx.done;
  db.close();
  expect(await idsOf(store)).toEqual([]);
});
