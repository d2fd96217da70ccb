import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beginDiary } from "../../src/store/exchange.ts";
import { DiaryStore } from "../../src/store/store.ts";
import { tellLanguage } from "../../src/sync/language.ts";
import { aDiary } from "../makers.ts";
import { problem } from "./server.ts";

let store: DiaryStore;
let sent: string[];

beforeEach(() => {
  store = new DiaryStore(`test-${crypto.randomUUID()}`);
  sent = [];
});
afterEach(() => store.close());

const answering = (reply: () => Response) =>
  (async (_: string, init: RequestInit) => {
    sent.push(String(init.body));
    return reply();
  }) as typeof fetch;
const taken = answering(() => new Response(null, { status: 204 }));

test("the clinic is told once, and again after a change", async () => {
  await store.change((tx) => beginDiary(tx, aDiary()));
  expect(await tellLanguage(store, taken, "de", "v1")).toBe(true);
  expect(await tellLanguage(store, taken, "de", "v1")).toBe(true);
  expect(await tellLanguage(store, taken, "ar", "v2")).toBe(true);
  expect(sent.map((body) => JSON.parse(body))).toEqual([
    { language: "de", texts_version: "v1" },
    { language: "ar", texts_version: "v2" },
  ]);
});

test("without a diary nobody is told", async () => {
  expect(await tellLanguage(store, taken, "de", "v1")).toBe(false);
  expect(sent).toEqual([]);
});

test("without an answer it is told later, after a refusal not in this session", async () => {
  await store.change((tx) => beginDiary(tx, aDiary()));
  const cut = answering(() => { throw new TypeError("Failed to fetch"); });
  expect(await tellLanguage(store, cut, "es", null)).toBe(false);
  expect(await tellLanguage(store, answering(() => problem(409, "language-not-accepted")), "es", null)).toBe(true);
  expect((await store.snapshot()).meta.language_told).toBeUndefined();
});
