import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Connection } from "../../src/store/connection.ts";
import { beginDiary, deviceKey, unpark, countFailure } from "../../src/store/exchange.ts";
import { open } from "../../src/store/database.ts";
import { VERSION } from "../../src/store/schema.ts";
import { DiaryStore, NotKeptError } from "../../src/store/store.ts";
import { aDiary, anEntry, anEpisode, T0 } from "../makers.ts";

let name: string;
let store: DiaryStore;

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
  store = new DiaryStore(name);
});

afterEach(async () => {
  await store.close();
});

describe("saving", () => {
  test("an entry and its place in the queue are written together", async () => {
    const entry = anEntry(T0);
    await store.save([entry]);
    const { revisions, queued } = await store.snapshot();
    expect(revisions).toMatchObject([{ rev_id: entry.rev_id, state: "waiting", body: entry.body }]);
    expect(queued).toMatchObject([{ rev_id: entry.rev_id, failures: 0, parked: null }]);
  });

  test("every write asks for strict durability", async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    await store.save([anEntry(T0)]);
    await store.keepDraft("form", { pain: 3 });
    await store.change(deviceKey);
    const writes = transaction.mock.calls.filter(([, mode]) => mode === "readwrite");
    expect(writes.length).toBe(3);
    expect(writes.map(([, , options]) => options?.durability)).toEqual(["strict", "strict", "strict"]);
  });

  test("saving the same revision again changes nothing", async () => {
    const entry = anEntry(T0);
    await store.save([entry]);
    await store.save([entry]);
    const { revisions, queued } = await store.snapshot();
    expect([revisions.length, queued.length]).toEqual([1, 1]);
  });

  test("a crash in the middle of a write leaves nothing of it behind", async () => {
    const add = IDBObjectStore.prototype.add;
    let writes = 0;
    const spy = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (this: IDBObjectStore, value) {
      writes += 1;
      if (writes % 4 === 0) throw new DOMException("the browser is being closed", "UnknownError");
      return add.call(this, value);
    });
    await expect(store.save([anEntry(T0), anEntry(T0 + 1)])).rejects.toThrow();
    expect(writes).toBe(8);
    spy.mockRestore();
    expect(await store.snapshot()).toMatchObject({ revisions: [], queued: [] });
  });

  test("an entry that is not there after the write is not called saved", async () => {
    const get = IDBObjectStore.prototype.get;
    let reads = 0;
    vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(function (this: IDBObjectStore, key) {
      reads += 1;
      return get.call(this, reads > 1 ? "lost" : key);
    });
    await expect(store.save([anEntry(T0)])).rejects.toThrow(NotKeptError);
  });

  test("the draft of a form ends in the same write that saves it", async () => {
    await store.keepDraft("form", { pain: 3 });
    await store.save([anEntry(T0)], "form");
    expect(await store.draft("form")).toBeUndefined();
  });

  test("a draft survives a restart of the app and is no entry", async () => {
    await store.keepDraft("form", { pain: 3 });
    await store.close();
    store = new DiaryStore(name);
    expect(await store.draft("form")).toEqual({ pain: 3 });
    expect([...(await store.drafts())]).toEqual([["form", { pain: 3 }]]);
    expect(await store.snapshot()).toMatchObject({ revisions: [], queued: [] });
  });
});

describe("the connection", () => {
  test("one that was asked for ahead is the one that is read from", async () => {
    const opening = vi.spyOn(indexedDB, "open");
    store.openAhead();
    await store.snapshot();
    expect(opening).toHaveBeenCalledTimes(1);
  });

  test("a failure to open it ahead is told to whoever reads", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("not now", "QuotaExceededError");
    });
    store.openAhead();
    await expect(store.snapshot()).rejects.toThrow("not now");
  });

  test("one that the browser dropped is opened again and the write done once", async () => {
    await store.save([anEntry(T0)]);
    const transaction = IDBDatabase.prototype.transaction;
    const spy = vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(() => {
      throw new DOMException("The database connection is closing.", "InvalidStateError");
    });
    spy.mockImplementation(transaction);
    await store.save([anEntry(T0 + 1)]);
    expect((await store.snapshot()).queued.length).toBe(2);
  });

  test("a full disk is reported and not tried again", async () => {
    let tries = 0;
    const connection = new Connection(name);
    const full = connection.write(async () => {
      tries += 1;
      throw new DOMException("no space", "QuotaExceededError");
    });
    await expect(full).rejects.toMatchObject({ name: "QuotaExceededError" });
    expect(tries).toBe(1);
    await connection.close();
  });

  test("a newer version of the app in another tab is not held up", async () => {
    await store.snapshot();
    let from = 0;
    const newer = await open(name, 99, { upgrade: (_, old) => (from = old), blocking: () => undefined, terminated: () => undefined });
    expect(from).toBe(VERSION);
    newer.close();
  });
});

describe("the phone's identity", () => {
  test("the device key is made once and stays", async () => {
    const first = await store.change(deviceKey);
    expect(await store.change(deviceKey)).toBe(first);
  });

  test("an enrolment link is kept until it was used", async () => {
    await store.keepEnrolment("token", T0);
    expect((await store.snapshot()).meta.enrolment).toEqual({ token: "token", opened_at: T0 });
    await store.change((tx) => beginDiary(tx, aDiary()));
    expect((await store.snapshot()).meta.enrolment).toBeUndefined();
  });

  test("connecting again for the same person keeps everything in the queue", async () => {
    await store.change((tx) => beginDiary(tx, aDiary()));
    await store.save([anEntry(T0)]);
    await store.change((tx) => beginDiary(tx, aDiary({ device_id: "d0000000-0000-4000-8000-000000000002" })));
    expect((await store.snapshot()).queued).toMatchObject([{ parked: null }]);
  });

  const other = aDiary({ patient_ref: "patient-two", episodes: [anEpisode({ episode_id: "22222222-2222-4222-8222-222222222222" })] });

  test("another person's unsent entries are put aside: neither shown nor offered as the new person's", async () => {
    const entry = anEntry(T0);
    await store.change((tx) => beginDiary(tx, aDiary()));
    await store.save([entry]);
    await store.change((tx) => beginDiary(tx, other));
    await store.change(unpark);
    expect(await store.snapshot()).toMatchObject({ queued: [], revisions: [], aside: [{ rev_id: entry.rev_id, body: entry.body }] });
  });

  test("they go back into the queue when their own diary is on this phone again", async () => {
    const entry = anEntry(T0);
    await store.change((tx) => beginDiary(tx, aDiary()));
    await store.save([entry]);
    await store.change((tx) => beginDiary(tx, other));
    await store.change((tx) => beginDiary(tx, aDiary()));
    expect(await store.snapshot()).toMatchObject({ queued: [{ rev_id: entry.rev_id, parked: null }], revisions: [{ rev_id: entry.rev_id }], aside: [] });
  });

  test("wiping leaves nothing", async () => {
    await store.change((tx) => beginDiary(tx, aDiary()));
    await store.save([anEntry(T0)]);
    await store.wipe();
    expect(await store.snapshot()).toEqual({ meta: {}, revisions: [], queued: [], aside: [] });
  });
});

test("a revision that failed alone three times is parked and kept", async () => {
  const entry = anEntry(T0);
  await store.save([entry]);
  for (let time = 1; time <= 3; time += 1) await store.change((tx) => countFailure(tx, entry.rev_id, "invalid-request"));
  const { queued, revisions } = await store.snapshot();
  expect(queued).toMatchObject([{ failures: 3, parked: "invalid-request" }]);
  expect(revisions.length).toBe(1);
});

test("another tab hears of a change", async () => {
  const other = new DiaryStore(name);
  const heard = new Promise<void>((resolve) => other.subscribe(resolve));
  await store.save([anEntry(T0)]);
  await heard;
  expect((await other.snapshot()).revisions.length).toBe(1);
  await other.close();
});
