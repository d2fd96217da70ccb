import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginDiary } from "../../src/store/exchange.ts";
import { DiaryStore } from "../../src/store/store.ts";
import { fetchLeaflets, type Leaflet } from "../../src/sync/leaflets.ts";
import { aDiary } from "../makers.ts";

const rest: Leaflet = { language: "en", version: 1, text: "Rest.", reviewed: true };
let store: DiaryStore;

beforeEach(async () => {
  store = new DiaryStore(`test-${crypto.randomUUID()}`);
  await store.change((tx) => beginDiary(tx, aDiary()));
});
afterEach(() => store.close());

const kept = async () => (await store.snapshot()).meta.leaflets;
const answering = (body: unknown, status = 200) => (async () => Response.json(body, { status })) as unknown as typeof fetch;

test("what the clinic has is kept, and what it takes away goes", async () => {
  await fetchLeaflets(store, answering({ leaflets: [rest] }));
  expect(await kept()).toEqual([rest]);
  await fetchLeaflets(store, answering({ leaflets: [] }));
  expect(await kept()).toEqual([]);
});

test("without an answer, or with another one's, what was kept stays", async () => {
  await fetchLeaflets(store, answering({ leaflets: [rest] }));
  await fetchLeaflets(store, answering({ code: "unavailable" }, 503));
  await fetchLeaflets(store, answering({ hello: "hotel network" }));
  await expect(fetchLeaflets(store, async () => Promise.reject(new TypeError("offline")))).rejects.toThrow();
  expect(await kept()).toEqual([rest]);
});

test("nothing is written while nothing has changed", async () => {
  await fetchLeaflets(store, answering({ leaflets: [rest] }));
  let told = 0;
  store.subscribe(() => (told += 1));
  await fetchLeaflets(store, answering({ leaflets: [rest] }));
  expect(told).toBe(0);
});
