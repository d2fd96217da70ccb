/** What the phone keeps, and how an older phone's store becomes the current one. */
import type { Diary, Revision } from "../diary/record.ts";
import type { Opened, Transaction } from "./database.ts";

/** One revision that the server does not hold yet. */
export interface Queued {
  /** Grows with each saved revision; set by the store. */
  order: number;
  rev_id: string;
  /** How often it failed when it was sent alone. */
  failures: number;
  /** Why it is no longer offered by itself; null while it is. It is never deleted for that. */
  parked: string | null;
}

/** Why the phone may not talk to the clinic at the moment. Saving goes on all the same. */
export type Pause = "session-ended" | "device-revoked" | "client-too-old";

export interface Meta {
  /** Made once, kept for ever: lets the phone claim a lost enrolment reply again. */
  device_key: string;
  /** An enrolment link that was opened and not used yet. */
  enrolment: { token: string; opened_at: number };
  diary: Diary;
  epoch: string;
  cursor: number;
  /** Phone clock minus server clock, ms. */
  skew_ms: number;
  /** Phone time of the last successful exchange, ms. */
  exchanged_at: number;
  pause: Pause;
  /** Digest of the enrolment token that connected this phone. */
  redeemed: string;
  /** The patient signed out and the server could not be told yet. */
  leaving: true;
}

export interface Schema {
  revisions: { key: string; value: Revision; indexes: { entry: string } };
  outbox: { key: number; value: Queued; indexes: { rev_id: string } };
  drafts: { key: string; value: unknown };
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
}

export type Database = Opened<Schema>;
export type Write = Transaction<Schema>;

export const DATABASE = "afterblock";
export const VERSION = 1;
export const STORES: (keyof Schema)[] = ["revisions", "outbox", "drafts", "meta"];

/** Brings a store of any earlier version forward, one step a version. */
export function migrate(db: IDBDatabase, oldVersion: number): void {
  if (oldVersion < 1) {
    db.createObjectStore("revisions", { keyPath: "rev_id" }).createIndex("entry", "entry_id");
    db.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("rev_id", "rev_id", { unique: true });
    db.createObjectStore("drafts");
    db.createObjectStore("meta");
  }
}
