/** A server for the tests: it keeps revisions by id, numbers them, and can be told to misbehave. */
import type { Diary, Operation } from "../../src/diary/record.ts";
import type { Surroundings } from "../../src/sync/uploader.ts";
import { aDiary } from "../makers.ts";

type Reply = Response | "cut" | "no-network";
interface Asked {
  epoch: string | null;
  cursor: number | null;
  kinds: string[];
  ops: Operation[];
}

export class FakeServer {
  readonly held = new Map<string, Operation>();
  readonly asked: Asked[] = [];
  diary: Diary = aDiary();
  epoch = this.diary.epoch;
  /** Answers to give before the server behaves again. "cut": it stores everything and the reply is lost. */
  readonly faults: Reply[] = [];
  /** Decides the status of one operation; "stored" unless told otherwise. */
  decide: (operation: Operation) => Record<string, unknown> | null = () => ({ status: "stored" });
  pageSize = 200;

  readonly fetch = (async (_address: string, init: RequestInit) => {
    const asked = JSON.parse(String(init.body)) as Asked;
    this.asked.push(asked);
    const fault = this.faults.shift();
    if (fault === "no-network") throw new TypeError("Failed to fetch");
    if (fault instanceof Response) return fault;
    const reply = this.#answer(asked);
    if (fault === "cut") throw new TypeError("the connection was reset");
    return reply;
  }) as typeof fetch;

  #answer({ ops, cursor }: Asked): Response {
    const results = ops.flatMap((operation) => {
      const before = this.held.has(operation.rev_id);
      const decided = before ? { status: "duplicate" } : this.decide(operation);
      if (decided?.["status"] === "stored") this.held.set(operation.rev_id, operation);
      return decided === null ? [] : [{ rev_id: operation.rev_id, ...decided }];
    });
    const all = [...this.held.values()];
    const page = all.slice(cursor ?? 0, (cursor ?? 0) + this.pageSize);
    const end = (cursor ?? 0) + page.length;
    const changes = page.map((operation, at) => ({ ...operation, seq: (cursor ?? 0) + at + 1, by: "patient", received_at: "2026-03-02T10:00:00Z" }));
    return json(200, { epoch: this.epoch, server_time: "2026-03-02T10:00:00Z", results, changes, cursor: end, more: end < all.length, diary: { ...this.diary, epoch: this.epoch } });
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status === 200 || status === 201 ? "application/json" : "application/problem+json";
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type, ...headers } });
}

export function problem(status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Response {
  return json(status, { type: "about:blank", title: code, status, detail: "", code, ...more }, headers);
}

/** A page of something else in between, such as a hotel's sign-in. */
export function portal(status = 200): Response {
  return new Response("<html>Welcome to the Wi-Fi</html>", { status, headers: { "Content-Type": "text/html" } });
}

/** Surroundings with a clock and timers the test moves. */
export class Stage {
  time = Date.parse("2026-03-02T10:00:00Z");
  /** Whether the server has marked this phone as connected. */
  marked = false;
  waiting: { run: () => void; at: number } | null = null;

  around(fetcher: typeof fetch, locks: Surroundings["locks"] = null): Surroundings {
    return {
      fetch: fetcher,
      now: () => this.time,
      random: () => 1,
      locks,
      setTimer: (run, ms) => (this.waiting = { run, at: this.time + ms }),
      clearTimer: () => {
        this.waiting = null;
      },
      mark: { isThere: () => this.marked, remove: () => (this.marked = false) },
    };
  }
}

/** Web Locks as two tabs of one browser share them. */
export function sharedLocks(): NonNullable<Surroundings["locks"]> {
  let taken = false;
  const request = async (_name: string, _options: unknown, work: (lock: Lock | null) => Promise<unknown>) => {
    if (taken) return work(null);
    taken = true;
    try {
      return await work({ name: _name, mode: "exclusive" });
    } finally {
      taken = false;
    }
  };
  return { request } as NonNullable<Surroundings["locks"]>;
}
