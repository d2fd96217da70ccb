/** The phone's diary store: everything that must survive a crash, and nothing about screens or the network. */
import type { Operation, Revision } from "../diary/record.ts";
import { Connection } from "./connection.ts";
import { digestOf } from "./digest.ts";
import { Held } from "./held.ts";
import { askToPersist } from "./persistence.ts";
import { DATABASE, type Meta, type Queued, type Write } from "./schema.ts";

export type { Meta, Pause, Queued } from "./schema.ts";

export interface Snapshot {
  meta: Partial<Meta>;
  revisions: Revision[];
  queued: Queued[];
  /** Unsent revisions of another patient's diary that was on this phone before. */
  aside: Revision[];
}

/** The browser said "done" and the entry is not there. */
export class NotKeptError extends Error {
  override name = "NotKeptError";
}

export class DiaryStore {
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  readonly #held = new Held();
  readonly #channel: BroadcastChannel | null;

  constructor(name: string = DATABASE) {
    this.#connection = new Connection(name);
    this.#channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(name);
    this.#channel?.addEventListener("message", () => {
      this.#held.forget();
      this.#tellListeners();
    });
  }

  openAhead(): void {
    this.#connection.openAhead();
  }

  /** Calls `listener` after each change, made here or in another tab. Returns the way to stop. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async snapshot(): Promise<Snapshot> {
    return this.#connection.read(async (db) => {
      const tx = db.transaction(["revisions", "outbox", "meta", "aside"]);
      const [revisions, queued, keys, values, aside] = await Promise.all([
        this.#held.read(tx.objectStore("revisions")),
        tx.objectStore("outbox").getAll(),
        tx.objectStore("meta").getAllKeys(),
        tx.objectStore("meta").getAll(),
        tx.objectStore("aside").getAll(),
      ]);
      return { meta: Object.fromEntries(keys.map((key, at) => [key, values[at]])) as Partial<Meta>, revisions, queued, aside };
    });
  }

  /** One strict transaction over everything, then word to all listeners. `work` may run twice; see Connection.write. */
  async change<T>(work: (tx: Write) => Promise<T>): Promise<T> {
    const result = await this.#connection.write(work);
    this.#held.forget();
    this.#tellEverybody();
    return result;
  }

  /** False, and nothing kept, for the very link this phone was connected with. */
  async keepEnrolment(token: string, openedAt: number): Promise<boolean> {
    const digest = await digestOf(token);
    return this.change(async (tx) => {
      const meta = tx.objectStore("meta");
      if (digest !== null && (await meta.get("redeemed")) === digest) return false;
      await meta.put({ token, opened_at: openedAt }, "enrolment");
      return true;
    });
  }

  async dropEnrolment(): Promise<void> {
    await this.change((tx) => tx.objectStore("meta").delete("enrolment"));
  }

  /** Saves new revisions and queues them. Resolves after they were read back; a draft of the same form ends with it. */
  async save(operations: readonly Operation[], draft?: string): Promise<void> {
    await this.#connection.write(async (tx) => {
      for (const operation of operations) {
        if ((await tx.objectStore("revisions").get(operation.rev_id)) !== undefined) continue;
        await tx.objectStore("revisions").add({
          ...operation,
          by: "patient",
          state: "waiting",
          received_at: null,
          problem: null,
          told: null,
        });
        // The store numbers the queue itself, so `order` is absent until then.
        await tx.objectStore("outbox").add({ rev_id: operation.rev_id, failures: 0, parked: null } as unknown as Queued);
      }
      if (draft !== undefined) await tx.objectStore("drafts").delete(draft);
    });
    // Before anybody reads the whole diary again: the patient waits for the word "saved".
    this.#held.add(await this.#readBack(operations));
    this.#tellEverybody();
  }

  async keepDraft(key: string, draft: unknown): Promise<void> {
    await this.#connection.write((tx) => tx.objectStore("drafts").put(draft, key), ["drafts"]);
  }

  async draft(key: string): Promise<unknown> {
    return this.#connection.read((db) => db.transaction(["drafts"]).objectStore("drafts").get(key));
  }

  /** Everything that was begun and not saved, by key. */
  async drafts(): Promise<ReadonlyMap<string, unknown>> {
    return this.#connection.read(async (db) => {
      const drafts = db.transaction(["drafts"]).objectStore("drafts");
      const [keys, values] = await Promise.all([drafts.getAllKeys(), drafts.getAll()]);
      return new Map(keys.map((key, at) => [key, values[at]]));
    });
  }

  async dropDraft(key: string): Promise<void> {
    await this.#connection.write((tx) => tx.objectStore("drafts").delete(key), ["drafts"]);
  }

  /** Deletes everything on this phone. `leaving`: the server is still to be told that the phone was signed out. */
  async wipe(leaving = false): Promise<void> {
    await this.change(async (tx) => {
      await Promise.all(tx.objectStoreNames.map((name) => tx.objectStore(name).clear()));
      if (leaving) await tx.objectStore("meta").put(true, "leaving");
    });
  }

  /** Asks the browser to keep all of it. */
  async askToPersist(): Promise<void> {
    await askToPersist();
  }

  async close(): Promise<void> {
    this.#channel?.close();
    await this.#connection.close();
  }

  async #readBack(operations: readonly Operation[]): Promise<Revision[]> {
    const kept = await this.#connection.read((db) => {
      const revisions = db.transaction(["revisions"]).objectStore("revisions");
      return Promise.all(operations.map(({ rev_id }) => revisions.get(rev_id)));
    });
    operations.forEach((operation, at) => {
      const same = JSON.stringify(kept[at]?.body) === JSON.stringify(operation.body);
      if (!same || kept[at]?.op !== operation.op) throw new NotKeptError(`revision ${operation.rev_id} was not kept`);
    });
    return kept as Revision[];
  }

  #tellEverybody(): void {
    this.#channel?.postMessage("changed");
    this.#tellListeners();
  }

  #tellListeners(): void {
    for (const listener of this.#listeners) listener();
  }
}
