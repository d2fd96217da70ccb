/** Stores as every released version left them: the current version opens each, and nothing that was saved is lost. */
import "fake-indexeddb/auto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { open } from "../../src/store/database.ts";
import { VERSION } from "../../src/store/schema.ts";
import { DiaryStore } from "../../src/store/store.ts";
import { Uploader } from "../../src/sync/uploader.ts";
import { anEntry, T0 } from "../makers.ts";
import { FakeServer, Stage } from "../sync/server.ts";

interface Kept {
  version: number;
  stores: Record<string, { options: IDBObjectStoreParameters; indexes: [string, string, IDBIndexParameters][]; rows: [IDBValidKey | null, unknown][] }>;
}

const FOLDER = join(import.meta.dirname, "versions");
const RELEASED = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), "utf8")) as Kept);
const UNSENT = [2, 3, 4].map((n) => `a0000000-0000-4000-8000-00000000000${n}`);

let name: string;

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});

/** Writes a store the way its own version did, with the browser's own calls. */
function leaveBehind({ version, stores }: Kept): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      for (const [table, { options, indexes, rows }] of Object.entries(stores)) {
        const made = request.result.createObjectStore(table, options);
        for (const [index, path, how] of indexes) made.createIndex(index, path, how);
        for (const [key, row] of rows) made.add(row, key ?? undefined);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

test("every version before the current one is kept here", () => {
  expect(RELEASED.map(({ version }) => version).sort()).toEqual(Array.from({ length: VERSION - 1 }, (_, at) => at + 1));
});

describe.each(RELEASED)("a store of version $version", (kept) => {
  test("keeps everything unsent, in its order, and the half-filled form", async () => {
    await leaveBehind(kept);
    const store = new DiaryStore(name);
    const { queued, revisions, meta, aside } = await store.snapshot();
    expect(queued.map(({ rev_id }) => rev_id)).toEqual(UNSENT);
    expect(queued.at(-1)).toMatchObject({ failures: 3, parked: "invalid-request" });
    expect(revisions.length).toBe(4);
    expect(aside.map(({ body }) => body)).toMatchObject([{ pain: 9 }]);
    expect(meta.device_key).toBe("c0000000-0000-4000-8000-000000000001");
    expect(await store.draft(`form:${revisions[0]!.episode_id}:now`)).toMatchObject({ pain: 5 });
    await store.close();
  });

  test("goes on: what waited is uploaded once, together with what is new", async () => {
    await leaveBehind(kept);
    const store = new DiaryStore(name);
    const entry = anEntry(T0);
    await store.save([entry]);
    const server = new FakeServer();
    await new Uploader(store, new Stage().around(server.fetch)).kick();
    expect([...server.held.keys()]).toEqual([UNSENT[0], UNSENT[1], entry.rev_id]);
    expect((await store.snapshot()).queued.map(({ rev_id }) => rev_id)).toEqual([UNSENT[2]]);
    await store.close();
  });

  test("is not given up when the upgrade is cut off in its middle", async () => {
    await leaveBehind(kept);
    const broken = vi.spyOn(IDBDatabase.prototype, "createObjectStore").mockImplementation(() => {
      throw new DOMException("killed", "AbortError");
    });
    await expect(new DiaryStore(name).snapshot()).rejects.toThrow();
    broken.mockRestore();
    const store = new DiaryStore(name);
    expect((await store.snapshot()).queued.map(({ rev_id }) => rev_id)).toEqual(UNSENT);
    await store.close();
  });
});

test("a page of this version goes on saving after a newer one has upgraded the store", async () => {
  const page = new DiaryStore(name);
  await page.save([anEntry(T0)]);
  const newer = await open(name, VERSION + 1, {
    upgrade: (db) => db.createObjectStore("new"),
    blocking: () => undefined,
    terminated: () => undefined,
  });
  newer.close();
  await page.save([anEntry(T0 + 1)]);
  expect((await page.snapshot()).queued.length).toBe(2);
  await page.close();
});
