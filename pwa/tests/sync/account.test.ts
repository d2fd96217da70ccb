import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DiaryStore } from "../../src/store/store.ts";
import { deviceName, enrol, signOff } from "../../src/sync/account.ts";
import { aDiary, T0 } from "../makers.ts";
import { json, portal, problem } from "./server.ts";

const IPHONE = { device_name: "iPhone", language: "de", texts_version: "v1" };

let store: DiaryStore;
let sent: { address: string; init: RequestInit }[];

beforeEach(async () => {
  store = new DiaryStore(`test-${crypto.randomUUID()}`);
  sent = [];
  await store.keepEnrolment("a-token", T0);
});

afterEach(() => store.close());

const answering = (reply: Response | null) =>
  (async (address: string, init: RequestInit) => {
    sent.push({ address, init });
    if (!reply) throw new TypeError("Failed to fetch");
    return reply;
  }) as typeof fetch;

test("link and code give a diary, and the link is used up", async () => {
  const reply = json(201, { device_id: aDiary().device_id, epoch: aDiary().epoch, diary: aDiary() });
  expect(await enrol(store, answering(reply), "a-token", "123456", IPHONE)).toEqual({ kind: "enrolled" });
  const { meta } = await store.snapshot();
  expect([meta.diary?.device_id, meta.epoch, meta.enrolment]).toEqual([aDiary().device_id, aDiary().epoch, undefined]);
  expect(sent[0]?.init.headers).toMatchObject({ "X-Afterblock": "1", "Content-Type": "application/json" });
});

test("the link that connected this phone is known again, another one is kept", async () => {
  await enrol(store, answering(json(201, { diary: aDiary() })), "a-token", "123456", IPHONE);
  expect(await store.keepEnrolment("a-token", T0)).toBe(false);
  expect((await store.snapshot()).meta.enrolment).toBeUndefined();
  expect(JSON.stringify((await store.snapshot()).meta)).not.toContain("a-token");
  expect(await store.keepEnrolment("b-token", T0)).toBe(true);
});

test("after a lost reply the same device key claims it again", async () => {
  expect(await enrol(store, answering(null), "a-token", "123456", IPHONE)).toEqual({ kind: "unreachable" });
  await enrol(store, answering(json(201, { diary: aDiary() })), "a-token", "123456", IPHONE);
  const keys = sent.map(({ init }) => (JSON.parse(String(init.body)) as { device_key: string }).device_key);
  expect(keys[0]).toBe(keys[1]);
});

test("a refusal says its code and the tries that are left, and the link stays", async () => {
  const refused = await enrol(store, answering(problem(403, "enrolment-code-wrong", { attempts_left: 2 })), "a-token", "111111", IPHONE);
  expect(refused).toEqual({ kind: "refused", code: "enrolment-code-wrong", attemptsLeft: 2 });
  expect((await store.snapshot()).meta.enrolment?.token).toBe("a-token");
});

test.each([portal(), portal(403), json(201, { diary: "no" })])("a page that is not the server's is no answer", async (reply) => {
  expect((await enrol(store, answering(reply), "a-token", "123456", IPHONE)).kind).toBe("unreachable");
  expect((await store.snapshot()).meta.diary).toBeUndefined();
});

test("signing off says whether the clinic heard it", async () => {
  expect(await signOff(answering(new Response(null, { status: 204 })))).toBe(true);
  expect(await signOff(answering(null))).toBe(false);
  expect(sent[0]?.init.method).toBe("DELETE");
});

test("a phone is named by its kind only", () => {
  expect(deviceName("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)")).toBe("iPhone");
  expect(deviceName("Mozilla/5.0 (Linux; Android 16; Pixel 9) Mobile")).toBe("Android phone");
  expect(deviceName("Mozilla/5.0 (X11; Linux x86_64)")).toBe("Browser");
});
