import { beforeEach, expect, test, vi } from "vitest";
import { renew } from "../../src/sw/renew.ts";

const KNOWN = { push_key: "AQID", channels: ["push"] };
const made = { toJSON: () => ({ endpoint: "https://push.example/2", keys: { p256dh: "p", auth: "a" } }) };

const manager = { getSubscription: async () => null, subscribe: () => subscribed() } as unknown as PushManager;

let known: object | null;
let subscribed: () => Promise<object>;
let posted: { path: string; body: Record<string, unknown> }[];

beforeEach(() => {
  known = KNOWN;
  subscribed = async () => made;
  posted = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body?: string }) => {
    if (body) posted.push({ path, body: JSON.parse(body) as Record<string, unknown> });
    if (!known) throw new TypeError("no network");
    return Response.json(known);
  });
});

test("the server is told of a new subscription for its own key", async () => {
  await renew(manager);
  const subscription = { endpoint: "https://push.example/2", p256dh: "p", auth: "a" };
  expect(posted).toEqual([{ path: "/api/v1/patient/reminders/presence", body: { zone: expect.any(String) as string, subscription } }]);
});

test("when there is none to be had any more, it hears that, and can go another way", async () => {
  subscribed = async () => Promise.reject(new DOMException("denied", "NotAllowedError"));
  await renew(manager);
  expect(posted.map(({ body }) => body["subscription"])).toEqual([null]);
});

test("nobody is subscribed who does not want pushes, and no network is no failure", async () => {
  const asked = vi.fn(subscribed);
  subscribed = asked;
  known = { ...KNOWN, channels: ["email"] };
  await renew(manager);
  known = null;
  await renew(manager);
  expect(asked).not.toHaveBeenCalled();
  expect(posted).toEqual([]);
});
