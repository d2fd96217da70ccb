/** Carries the queue to the server, one run at a time on the whole phone. Saving never waits for it. */
import { toRfc3339 } from "../diary/moment.ts";
import { applyReply, countFailure, pause } from "../store/exchange.ts";
import type { DiaryStore } from "../store/store.ts";
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
}

export type UploadStatus = { busy: boolean; trouble: "offline" | "not-ours" | "busy" | "unreadable" | null };

const LOCK = "afterblock-upload";
const TIMEOUT_MS = 30_000;
const OTHER_TAB_MS = 5_000;
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

  /** Uploads what waits and fetches what is new. Called after a save, at start, on focus and when the network is back. */
  kick(): Promise<void> {
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
    let most = MOST_OPERATIONS;
    const failedNow = new Set<string>();
    for (let round = 0; round < LONGEST_RUN; round += 1) {
      const snapshot = await this.#store.snapshot();
      if (!snapshot.meta.diary || snapshot.meta.pause === "device-revoked") return null;
      const batch = nextBatch(snapshot, most, failedNow);
      const outcome = await this.#send(requestBody(snapshot, batch, toRfc3339(this.#around.now())), snapshot.meta.diary.device_id);
      if (outcome.kind === "unreadable") {
        if (batch.length === 0) return this.#failed("unreadable", null);
        if (batch.length > 1) {
          most = Math.floor(batch.length / 2);
          continue;
        }
        for (const revision of batch) {
          failedNow.add(revision.rev_id);
          await this.#store.change((tx) => countFailure(tx, revision.rev_id, outcome.code));
        }
        continue;
      }
      if (outcome.kind === "later") return this.#failed(outcome.why, outcome.waitMs);
      if (outcome.kind === "paused") {
        await this.#store.change((tx) => pause(tx, outcome.why));
        return null;
      }
      if (outcome.kind === "wiped") {
        await this.#store.wipe();
        return null;
      }
      const epochBefore = snapshot.meta.epoch;
      await this.#store.change((tx) => applyReply(tx, outcome.reply));
      most = Math.min(MOST_OPERATIONS, most * 2);
      if (outcome.backoffMs !== null) this.#notBefore = this.#around.now() + outcome.backoffMs;
      const restored = epochBefore !== outcome.reply.epoch;
      const silent = batch.filter(({ rev_id }) => !outcome.reply.answers.some((answer) => answer.rev_id === rev_id));
      // Without a word about any of them, asking again at once would only repeat itself.
      if (batch.length > 0 && silent.length === batch.length && !restored) return this.#failed("not-ours", null);
      if (restored || outcome.more) continue;
      if (nextBatch(await this.#store.snapshot(), most, failedNow).length === 0) break;
    }
    if (failedNow.size > 0) return this.#failed("unreadable", null);
    this.#failures = 0;
    return null;
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

  #failed(trouble: NonNullable<UploadStatus["trouble"]>, waitMs: number | null): UploadStatus["trouble"] {
    this.#failures += 1;
    if (waitMs !== null) this.#notBefore = this.#around.now() + waitMs;
    this.#later(Math.max(waitMs ?? 0, backoff(this.#failures, this.#around.random())));
    return trouble;
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
