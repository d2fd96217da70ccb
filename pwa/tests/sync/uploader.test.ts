import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginDiary } from "../../src/store/exchange.ts";
import { DiaryStore } from "../../src/store/store.ts";
import { Uploader } from "../../src/sync/uploader.ts";
import { aDiary, anEntry, asRevision, MINUTE, T0, versionOf } from "../makers.ts";
import { FakeServer, json, portal, problem, sharedLocks, Stage } from "./server.ts";

let store: DiaryStore;
let server: FakeServer;
let stage: Stage;
let uploader: Uploader;

beforeEach(async () => {
  store = new DiaryStore(`test-${crypto.randomUUID()}`);
  server = new FakeServer();
  stage = new Stage();
  uploader = new Uploader(store, stage.around(server.fetch));
  await store.change((tx) => beginDiary(tx, aDiary()));
});

afterEach(() => store.close());

const queued = async () => (await store.snapshot()).queued;
const only = async () => (await store.snapshot()).revisions[0];

test("a phone that knows more kinds than before asks for everything again, once", async () => {
  await store.change((tx) => tx.objectStore("meta").put(7, "cursor"));
  await uploader.kick();
  await uploader.kick();
  expect(server.asked.map(({ cursor, kinds }) => [cursor, kinds])).toEqual([
    [null, ["entry", "flag_report", "impression"]],
    [0, ["entry", "flag_report", "impression"]],
  ]);
});

describe("what the server says about one record", () => {
  test.each(["stored", "duplicate", "stored_conflict", "stored_after_delete"])("%s: received, and out of the queue", async (status) => {
    await store.save([anEntry(T0)]);
    server.decide = () => ({ status });
    await uploader.kick();
    expect(await queued()).toEqual([]);
    expect(await only()).toMatchObject({ state: "received" });
  });

  test("the number it was stored under is kept, whichever way it comes", async () => {
    await store.save([anEntry(T0)]);
    server.decide = () => ({ status: "stored", seq: 7 });
    await uploader.kick();
    expect(await only()).toMatchObject({ seq: 1 });
    await store.save([anEntry(T0 + MINUTE)]);
    server.pageSize = 0;
    await uploader.kick();
    expect((await store.snapshot()).revisions.map(({ seq }) => seq).sort()).toEqual([1, 7]);
  });

  test("quarantined: received, and the clinic will check", async () => {
    await store.save([anEntry(T0)]);
    server.decide = () => ({ status: "quarantined" });
    await uploader.kick();
    expect(await queued()).toEqual([]);
    expect(await only()).toMatchObject({ state: "checking" });
  });

  test("rejected: kept, parked with its reason, and not offered again", async () => {
    await store.save([anEntry(T0)]);
    server.decide = () => ({ status: "rejected", problem: { code: "rev-id-reused", detail: "" } });
    await uploader.kick();
    await uploader.kick();
    expect(await queued()).toMatchObject([{ parked: "rev-id-reused" }]);
    expect(await only()).toMatchObject({ state: "refused", problem: "rev-id-reused" });
    expect(server.asked.flatMap(({ ops }) => ops).length).toBe(1);
  });

  test("erased: the local copies of the whole entry are deleted", async () => {
    const first = anEntry(T0);
    await store.save([first, versionOf(first, 5)]);
    server.decide = (operation) => (operation.rev_id === first.rev_id ? { status: "erased" } : null);
    await uploader.kick();
    expect(await store.snapshot()).toMatchObject({ revisions: [], queued: [] });
  });

  test.each([null, { status: "a status of a newer server" }])("no word or an unknown one (%o): kept and sent again", async (word) => {
    await store.save([anEntry(T0)]);
    server.decide = () => word;
    await uploader.kick();
    expect(await queued()).toMatchObject([{ parked: null }]);
    server.decide = () => ({ status: "stored" });
    await uploader.kick();
    expect(await queued()).toEqual([]);
  });

  test("a record without an answer does not hold up the others", async () => {
    const [lost, fine] = [anEntry(T0), anEntry(T0 + MINUTE)];
    await store.save([lost, fine]);
    server.decide = (operation) => (operation.rev_id === lost.rev_id ? null : { status: "stored" });
    await uploader.kick();
    expect((await queued()).map(({ rev_id }) => rev_id)).toEqual([lost.rev_id]);
  });

  test("that the clinic was told is kept with the report", async () => {
    await store.save([anEntry(T0)]);
    server.decide = () => ({ status: "stored", alert: { level: "E", told_at: "2026-03-02T10:02:00Z" } });
    await uploader.kick();
    expect(await only()).toMatchObject({ told: { level: "E", told_at: "2026-03-02T10:02:00Z" } });
  });
});

describe("a reply that is not an answer", () => {
  const faults: [string, () => Response | "no-network"][] = [
    ["no network", () => "no-network"],
    ["a captive portal", () => portal()],
    ["a proxy's 413 page", () => portal(413)],
    ["a proxy's 401 page", () => portal(401)],
    ["a 403 page that is not ours", () => portal(403)],
    ["200 with other JSON", () => json(200, { hello: "world" })],
    ["a redirect", () => new Response(null, { status: 302, headers: { Location: "https://portal.example" } })],
    ["404 of ours", () => problem(404, "not-found")],
    ["409", () => problem(409, "batch-in-progress")],
    ["429", () => problem(429, "rate-limited")],
    ["500", () => problem(500, "internal")],
    ["503", () => problem(503, "unavailable")],
    ["507", () => problem(507, "storage-full")],
  ];
  test.each(faults)("%s: everything stays, and it is tried again later", async (_, fault) => {
    await store.save([anEntry(T0)]);
    server.faults.push(fault());
    await uploader.kick();
    expect(await queued()).toMatchObject([{ failures: 0, parked: null }]);
    expect(stage.waiting).not.toBeNull();
    await uploader.kick();
    expect(await queued()).toEqual([]);
  });

  test("the pauses double up to five minutes", async () => {
    await store.save([anEntry(T0)]);
    const pauses: number[] = [];
    for (let time = 0; time < 10; time += 1) {
      server.faults.push("no-network");
      await uploader.kick();
      pauses.push((stage.waiting?.at ?? 0) - stage.time);
    }
    expect(pauses.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(pauses.at(-1)).toBe(5 * MINUTE);
  });

  test("Retry-After is waited for, also when something is saved meanwhile", async () => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(503, "unavailable", {}, { "Retry-After": "120" }));
    await uploader.kick();
    await uploader.kick();
    expect(server.asked.length).toBe(1);
    stage.time += 120_000;
    await uploader.kick();
    expect(await queued()).toEqual([]);
  });
});

describe("who may ask the phone to wait", () => {
  test("a page of something else may not, whatever it says", async () => {
    await store.save([anEntry(T0)]);
    server.faults.push(new Response("<html>", { status: 503, headers: { "Content-Type": "text/html", "Retry-After": "86400" } }));
    await uploader.kick();
    stage.time += 3_000;
    await uploader.kick();
    expect(await queued()).toEqual([]);
  });

  test.each(["86400", "Tue, 03 Mar 2026 10:00:00 GMT"])("the clinic's system may for 5 minutes at most (%s)", async (given) => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(503, "unavailable", {}, { "Retry-After": given }));
    await uploader.kick();
    stage.time += 5 * MINUTE;
    await uploader.kick();
    expect(await queued()).toEqual([]);
  });

  test("the patient's own wish to send now goes before it", async () => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(503, "unavailable", {}, { "Retry-After": "120" }));
    await uploader.kick();
    await uploader.kick(true);
    expect(await queued()).toEqual([]);
  });
});

describe("a signing out the clinic has not heard of", () => {
  const leaving = (reply: () => Response) => {
    const asked: string[] = [];
    const fetcher = (async (address: string, init: RequestInit) => {
      asked.push(`${init.method} ${address}`);
      return reply();
    }) as typeof fetch;
    return { asked, uploader: new Uploader(store, stage.around(fetcher)) };
  };

  test("is told at the next contact, once", async () => {
    await store.wipe(true);
    const { asked, uploader: next } = leaving(() => new Response(null, { status: 204 }));
    await next.kick();
    await next.kick();
    expect(asked).toEqual(["DELETE /api/v1/patient/device"]);
    expect((await store.snapshot()).meta).toEqual({});
  });

  test("is tried again after a page of something else, and is over when the clinic knows the phone no more", async () => {
    await store.wipe(true);
    await leaving(() => portal(401)).uploader.kick();
    expect((await store.snapshot()).meta.leaving).toBe(true);
    await leaving(() => problem(401, "session-ended")).uploader.kick();
    expect((await store.snapshot()).meta.leaving).toBeUndefined();
  });

  test("does not sign off the diary that was connected meanwhile", async () => {
    await store.wipe(true);
    await store.change((tx) => beginDiary(tx, aDiary()));
    await uploader.kick();
    expect((await store.snapshot()).meta.leaving).toBeUndefined();
    expect(server.asked.length).toBe(1);
  });
});

describe("a lost reply", () => {
  test("the same records are offered again and stored once", async () => {
    await store.save([anEntry(T0), anEntry(T0 + MINUTE)]);
    server.faults.push("cut");
    await uploader.kick();
    expect((await queued()).length).toBe(2);
    await uploader.kick();
    expect(await queued()).toEqual([]);
    expect(server.held.size).toBe(2);
  });
});

describe("a batch the server cannot read", () => {
  test.each([[400, "invalid-json"], [413, "too-large"], [415, "unsupported-type"], [422, "invalid-request"]] as const)(
    "%i: it is halved down to the one record, which is parked after three tries while the rest goes through",
    async (status, code) => {
      const entries = Array.from({ length: 9 }, (_, at) => anEntry(T0 + at * MINUTE));
      const bad = entries[4]?.rev_id;
      const fetcher = server.fetch;
      const picky = (async (address: string, init: RequestInit) => {
        const { ops } = JSON.parse(String(init.body)) as { ops: { rev_id: string }[] };
        return ops.some(({ rev_id }) => rev_id === bad) ? problem(status, code) : fetcher(address, init);
      }) as typeof fetch;
      uploader = new Uploader(store, stage.around(picky));
      await store.save(entries);
      await uploader.kick();
      expect(server.held.size).toBe(8);
      expect(await queued()).toMatchObject([{ rev_id: bad, failures: 1, parked: null }]);
      await uploader.kick();
      await uploader.kick();
      expect(await queued()).toMatchObject([{ rev_id: bad, failures: 3, parked: code }]);
      expect((await store.snapshot()).revisions.length).toBe(9);
    },
  );

  test("one that failed before goes alone and last", async () => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(400, "invalid-request"));
    await uploader.kick();
    await store.save([anEntry(T0 + MINUTE), anEntry(T0 + 2 * MINUTE)]);
    await uploader.kick();
    expect(server.asked.map(({ ops }) => ops.length).filter((size) => size > 0)).toEqual([1, 2, 1]);
  });
});

describe("a phone the clinic does not serve", () => {
  test.each([[401, "session-ended"], [426, "client-too-old"]] as const)("%i pauses uploads, keeps the queue and ends by itself", async (status, code) => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(status, code));
    await uploader.kick();
    expect((await store.snapshot()).meta.pause).toBe(code);
    await store.save([anEntry(T0 + MINUTE)]);
    expect((await queued()).length).toBe(2);
    await uploader.kick();
    expect((await store.snapshot()).meta.pause).toBeUndefined();
    expect(await queued()).toEqual([]);
  });

  test("revoked as lost and naming this phone: everything here is deleted", async () => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(403, "device-revoked", { action: "wipe", device_id: aDiary().device_id }));
    await uploader.kick();
    expect(await store.snapshot()).toEqual({ meta: {}, revisions: [], queued: [], aside: [] });
  });

  test.each([
    ["another phone", { action: "wipe", device_id: "d0000000-0000-4000-8000-00000000000f" }],
    ["no phone", { action: "wipe" }],
    ["this phone, as replaced", { action: "keep", device_id: aDiary().device_id }],
  ])("revoked, naming %s: nothing is deleted", async (_, more) => {
    await store.save([anEntry(T0)]);
    server.faults.push(problem(403, "device-revoked", more));
    await uploader.kick();
    expect((await store.snapshot()).meta.pause).toBe("device-revoked");
    expect((await queued()).length).toBe(1);
  });
});

describe("a server that was restored from a backup", () => {
  test("everything the phone holds is offered again, parents before children, and the cursor starts over", async () => {
    const first = anEntry(T0);
    await store.save([first]);
    const second = versionOf(first, 6);
    // The clock went back an hour between the two.
    await store.save([{ ...second, recorded: { ...second.recorded, local: "2026-03-02T07:20:00" } }]);
    await uploader.kick();
    server.held.clear();
    server.epoch = "e0000000-0000-4000-8000-000000000002";
    await uploader.kick();
    expect([...server.held.keys()].length).toBe(2);
    expect([...server.held.values()].map(({ parent_rev }) => parent_rev)).toEqual([null, first.rev_id]);
    expect(await queued()).toEqual([]);
    expect((await store.snapshot()).meta.epoch).toBe(server.epoch);
    expect(server.asked.at(-1)?.cursor === null || (server.asked.at(-1)?.cursor ?? 0) <= 2).toBe(true);
  });

  test("what staff wrote is not offered as the patient's", async () => {
    const staffs = anEntry(T0, 4);
    await store.change(async (tx) => void (await tx.objectStore("revisions").put(asRevision(staffs, { by: "staff", state: "received" }))));
    server.epoch = "e0000000-0000-4000-8000-000000000002";
    await uploader.kick();
    expect(server.held.size).toBe(0);
  });
});

describe("what is new at the clinic", () => {
  test("all pages are fetched, and the cursor is kept for the next time", async () => {
    for (let at = 0; at < 7; at += 1) {
      const entry = anEntry(T0 + at * MINUTE);
      server.held.set(entry.rev_id, entry);
    }
    server.pageSize = 3;
    await uploader.kick();
    const { revisions, meta } = await store.snapshot();
    expect(revisions.length).toBe(7);
    expect(meta.cursor).toBe(7);
    expect(revisions.every(({ state }) => state === "received")).toBe(true);
  });

  test("a newer snapshot of the diary replaces the kept one", async () => {
    server.diary = aDiary({ clinic: { ...aDiary().clinic, phone: "+49 30 5550199" } });
    await uploader.kick();
    expect((await store.snapshot()).meta.diary?.clinic.phone).toBe("+49 30 5550199");
  });
});

describe("many records and several tabs", () => {
  test("at most 100 travel together, oldest first", async () => {
    const entries = Array.from({ length: 230 }, (_, at) => anEntry(T0 + at * MINUTE));
    await store.save(entries);
    await uploader.kick();
    expect(server.asked.map(({ ops }) => ops.length)).toEqual([100, 100, 30]);
    expect([...server.held.keys()]).toEqual(entries.map(({ rev_id }) => rev_id));
  });

  test("large notes keep a batch under 256 KiB", async () => {
    await store.save(Array.from({ length: 90 }, (_, at) => anEntry(T0 + at * MINUTE, 3, { note: "ä".repeat(2000) })));
    await uploader.kick();
    expect(server.held.size).toBe(90);
    const sizes = server.asked.map((asked) => new TextEncoder().encode(JSON.stringify(asked)).length);
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
  });

  test("two tabs upload one at a time and nothing twice", async () => {
    const locks = sharedLocks();
    const other = new Stage();
    const tabs = [new Uploader(store, stage.around(server.fetch, locks)), new Uploader(store, other.around(server.fetch, locks))];
    await store.save([anEntry(T0), anEntry(T0 + MINUTE)]);
    await Promise.all(tabs.map((tab) => tab.kick()));
    expect(server.asked.flatMap(({ ops }) => ops).length).toBe(2);
    expect(other.waiting).not.toBeNull();
    expect(await queued()).toEqual([]);
  });

  test("a save during an upload is sent right after it", async () => {
    await store.save([anEntry(T0)]);
    const running = uploader.kick();
    await store.save([anEntry(T0 + MINUTE)]);
    await uploader.kick();
    await running;
    await new Promise((resume) => setTimeout(resume, 20));
    expect(await queued()).toEqual([]);
  });
});

describe("a store the browser has emptied", () => {
  const answering = (reply: () => Response | null) => {
    const asked: string[] = [];
    const fetcher = (async (address: string, init: RequestInit) => {
      asked.push(`${init.method} ${address}`);
      if (address.endsWith("/sync")) return server.fetch(address, init);
      const given = reply();
      if (!given) throw new TypeError("Failed to fetch");
      return given;
    }) as typeof fetch;
    return { asked, uploader: new Uploader(store, stage.around(fetcher)) };
  };

  test("is filled again from the server, and the patient is told", async () => {
    const entry = anEntry(T0);
    await store.save([entry]);
    await uploader.kick();
    await store.wipe();
    stage.marked = true;
    await answering(() => json(200, server.diary)).uploader.kick();
    const { meta, revisions, queued } = await store.snapshot();
    expect(revisions).toMatchObject([{ rev_id: entry.rev_id, state: "received", body: entry.body }]);
    expect([queued, meta.diary, meta.recovered_at]).toEqual([[], { ...server.diary, epoch: server.epoch }, stage.time]);
  });

  test("stays empty behind a portal or without a network, and is tried again", async () => {
    await store.wipe();
    stage.marked = true;
    for (const reply of [null, portal(), portal(401)]) await answering(() => reply).uploader.kick();
    expect((await store.snapshot()).meta.diary).toBeUndefined();
    expect([stage.marked, stage.waiting !== null]).toEqual([true, true]);
  });

  test("stays empty for good when the clinic knows the phone no more, and is not asked about again", async () => {
    await store.wipe();
    stage.marked = true;
    const { asked, uploader: again } = answering(() => problem(401, "session-ended"));
    await again.kick();
    await again.kick();
    expect([asked, stage.marked]).toEqual([["GET /api/v1/patient/diary"], false]);
  });

  test.each([["a link is open", { enrolment: { token: "t", opened_at: T0 } }], ["the patient signed out", { leaving: true }]])("is left alone while %s", async (_, meta) => {
    await store.wipe();
    stage.marked = true;
    await store.change(async (tx) => {
      for (const [key, value] of Object.entries(meta)) await tx.objectStore("meta").put(value as never, key as never);
    });
    const { asked, uploader: next } = answering(() => problem(401, "session-ended"));
    await next.kick();
    expect(asked.filter((one) => one.startsWith("GET"))).toEqual([]);
  });
});

test("a phone without a diary asks the server nothing", async () => {
  await store.wipe();
  await uploader.kick();
  expect(server.asked).toEqual([]);
});
