/** Carries the queue to the server, one run at a time on the whole phone. Saving never waits for it. */
import { toRfc3339 } from "../diary/moment.ts";
import { applyReply, beginDiary, countFailure, pause } from "../store/exchange.ts";
import type { Revision } from "../diary/record.ts";
import type { DiaryStore, Snapshot } from "../store/store.ts";
import { fetchDiary, signOff } from "./account.ts";
import { backoff } from "./backoff.ts";
import { MOST_OPERATIONS, nextBatch } from "./batch.ts";
import { HEADERS, judge, type Outcome, requestBody, SYNC } from "./wire.ts";

export interface Surroundings {
  fetch: typeof fetch;
  now: () => number;
  random: () => number;
  /** Null where the browser has no Web Locks; a double upload is harmless. */
  locks: Pick<LockManager, "request"> | null;
  setTimer: (run: () => void, ms: number) => unknown;
  clearTimer: (timer: unknown) => void;
  /** The mark the server leaves on a connected phone; it outlives a store that the browser has emptied. */
  mark: { isThere: () => boolean; remove: () => void };
}

export type UploadStatus = { busy: boolean; trouble: "offline" | "not-ours" | "busy" | "unreadable" | null };

/** What one run has learnt so far. */
interface Run {
  most: number;
  /** Revisions that failed alone in this run; each is tried once a run. */
  failed: Set<string>;
  done: boolean;
  trouble: UploadStatus["trouble"];
}

const LOCK = "afterblock-upload";
const TIMEOUT_MS = 30_000;
const OTHER_TAB_MS = 5_000;
/** A guard against a server that never comes to an end. */
const LONGEST_RUN = 500;

export class Uploader {
  readonly #store: DiaryStore;
  readonly #around: Surroundings;
  readonly #listeners = new Set<(status: UploadStatus) => void>();
  #status: UploadStatus = { busy: false, trouble: null };
  #running: Promise<void> | null = null;
  #again = false;
  #failures = 0;
  #notBefore = 0;
  #timer: unknown = null;

  constructor(store: DiaryStore, around: Surroundings) {
    this.#store = store;
    this.#around = around;
  }

  get status(): UploadStatus {
    return this.#status;
  }

  subscribe(listener: (status: UploadStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Uploads what waits and fetches what is new. Called after a save, at start, on focus and when the network is back.
   * `atOnce`: the patient asks for it or a symptom is urgent, so no earlier request for patience holds it back.
   */
  kick(atOnce = false): Promise<void> {
    if (atOnce) this.#notBefore = 0;
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    if (this.#around.now() < this.#notBefore) return Promise.resolve();
    this.#around.clearTimer(this.#timer);
    this.#running = this.#exclusively().finally(() => {
      this.#running = null;
      if (!this.#again) return;
      this.#again = false;
      void this.kick();
    });
    return this.#running;
  }

  async #exclusively(): Promise<void> {
    const { locks } = this.#around;
    if (!locks) return this.#run();
    await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock) await this.#run();
      else this.#later(OTHER_TAB_MS);
    });
  }

  async #run(): Promise<void> {
    this.#tell({ ...this.#status, busy: true });
    let trouble: UploadStatus["trouble"] = null;
    try {
      trouble = await this.#exchangeAll();
    } finally {
      this.#tell({ busy: false, trouble });
    }
  }

  async #exchangeAll(): Promise<UploadStatus["trouble"]> {
    const run: Run = { most: MOST_OPERATIONS, failed: new Set(), done: false, trouble: null };
    for (let round = 0; round < LONGEST_RUN && !run.done; round += 1) {
      const snapshot = await this.#store.snapshot();
      if (!snapshot.meta.diary) {
        if (await this.#recover(snapshot)) continue;
        return this.#leave(snapshot.meta.leaving === true);
      }
      if (snapshot.meta.pause === "device-revoked") return null;
      const batch = nextBatch(snapshot, run.most, run.failed);
      const body = requestBody(snapshot, batch, toRfc3339(this.#around.now()));
      await this.#take(run, snapshot, batch, await this.#send(body, snapshot.meta.diary.device_id));
    }
    if (run.failed.size > 0) this.#failed(run, "unreadable", null);
    if (run.trouble === null) this.#failures = 0;
    return run.trouble;
  }

  /** Fetches the diary of a connected phone whose store was emptied; true when it is here again. */
  async #recover({ meta }: Snapshot): Promise<boolean> {
    const { mark } = this.#around;
    if (meta.leaving || meta.enrolment || !mark.isThere()) return false;
    const found = await fetchDiary(this.#around.fetch);
    if (found === "unreachable") {
      this.#failures += 1;
      this.#later(backoff(this.#failures, this.#around.random()));
      return false;
    }
    // The clinic knows this phone no more: it begins with a new link, as any other phone.
    if (found === "unknown") mark.remove();
    if (found === "unknown") return false;
    await this.#store.change(async (tx) => {
      await beginDiary(tx, found);
      await tx.objectStore("meta").put(this.#around.now(), "recovered_at");
    });
    return true;
  }

  /** Tells the server of a signing out it could not be told before. */
  async #leave(leaving: boolean): Promise<null> {
    if (leaving && (await signOff(this.#around.fetch))) await this.#store.change((tx) => tx.objectStore("meta").delete("leaving"));
    return null;
  }

  /** Does what an outcome asks for; sets `run.done` when there is nothing more to do for now. */
  async #take(run: Run, snapshot: Snapshot, batch: Revision[], outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case "unreadable":
        return this.#narrow(run, batch, outcome.code);
      case "later":
        return this.#failed(run, outcome.why, outcome.waitMs);
      case "paused":
        run.done = true;
        return this.#store.change((tx) => pause(tx, outcome.why));
      case "wiped":
        run.done = true;
        this.#around.mark.remove();
        return this.#store.wipe();
      case "reply":
        await this.#store.change((tx) => applyReply(tx, outcome.reply));
        if (outcome.backoffMs !== null) this.#notBefore = this.#around.now() + outcome.backoffMs;
        return this.#goOn(run, batch, outcome, snapshot.meta.epoch !== outcome.reply.epoch);
    }
  }

  /** Halves the batch until the record the server cannot read stands alone, and counts it against that one. */
  async #narrow(run: Run, batch: Revision[], code: string): Promise<void> {
    const [only, ...others] = batch;
    if (!only) return this.#failed(run, "unreadable", null);
    if (others.length > 0) {
      run.most = Math.floor(batch.length / 2);
      return;
    }
    run.failed.add(only.rev_id);
    await this.#store.change((tx) => countFailure(tx, only.rev_id, code));
  }

  async #goOn(run: Run, batch: Revision[], { reply, more }: Outcome & { kind: "reply" }, restored: boolean): Promise<void> {
    run.most = Math.min(MOST_OPERATIONS, run.most * 2);
    const answered = new Set(reply.answers.map(({ rev_id }) => rev_id));
    const silent = batch.length > 0 && !batch.some(({ rev_id }) => answered.has(rev_id));
    // Without a word about any of them, asking again at once would only repeat itself.
    if (silent && !restored) return this.#failed(run, "not-ours", null);
    if (restored || more) return;
    run.done = nextBatch(await this.#store.snapshot(), run.most, run.failed).length === 0;
  }

  async #send(body: string, deviceId: string): Promise<Outcome> {
    const sentAt = this.#around.now();
    try {
      const response = await this.#around.fetch(SYNC, {
        method: "POST",
        headers: HEADERS,
        body,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return await judge(response, sentAt, this.#around.now(), deviceId);
    } catch {
      // No network, a time-out or a cut reply: whatever it was, the queue keeps everything.
      return { kind: "later", why: "offline", waitMs: null };
    }
  }

  #failed(run: Run, trouble: NonNullable<UploadStatus["trouble"]>, waitMs: number | null): void {
    run.done = true;
    run.trouble = trouble;
    this.#failures += 1;
    if (waitMs !== null) this.#notBefore = this.#around.now() + waitMs;
    this.#later(Math.max(waitMs ?? 0, backoff(this.#failures, this.#around.random())));
  }

  #later(ms: number): void {
    this.#around.clearTimer(this.#timer);
    this.#timer = this.#around.setTimer(() => void this.kick(), ms);
  }

  #tell(status: UploadStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener(status);
  }
}
