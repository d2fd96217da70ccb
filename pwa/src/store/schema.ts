/** What the phone keeps, and how an older phone's store becomes the current one. */
import type { Diary, Revision } from "../diary/record.ts";
import type { Leaflet } from "../sync/leaflets.ts";
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
  /** What the app could show when the cursor was last moved. */
  kinds: string;
  /** Phone clock minus server clock, ms. */
  skew_ms: number;
  /** Phone time of the last successful exchange, ms. */
  exchanged_at: number;
  pause: Pause;
  /** Digest of the enrolment token that connected this phone. */
  redeemed: string;
  /** What the server last said of this phone's notifications. */
  push: "none" | "on" | "dead";
  /** A way to be reminded that the patient wanted and that does not work, or that there is none; absent while all is well. */
  unreminded: { why: "push" | "email" | "sms" | "unset"; push_key: string | null };
  /** When the patient put off choosing how to be reminded, ms. */
  reminders_put_off_at: number;
  /** The clinic's own words, one text a language. */
  leaflets: Leaflet[];
  /** The patient signed out and the server could not be told yet. */
  leaving: true;
  /** When the diary was fetched again because the browser had emptied this store, ms; until the patient has read it. */
  recovered_at: number;
  /** When the patient put off the offer to install the app, ms. */
  install_put_off_at: number;
  /** The language the clinic knows of. */
  language_told: string;
}

export interface Schema {
  revisions: { key: string; value: Revision; indexes: { entry: string } };
  outbox: { key: number; value: Queued; indexes: { rev_id: string } };
  drafts: { key: string; value: unknown };
  meta: { key: keyof Meta; value: Meta[keyof Meta] };
  /** What another patient's diary had not sent when this phone began this one: to be saved as a file, never to be sent. */
  aside: { key: string; value: Revision };
}

export type Database = Opened<Schema>;
export type Write = Transaction<Schema>;

export const DATABASE = "afterblock";
/** Every step adds and nothing is renamed: a page of the version before may still be open and goes on with the newer store. */
export const VERSION = 2;
export const STORES: (keyof Schema)[] = ["revisions", "outbox", "drafts", "meta", "aside"];

/** Brings a store of any earlier version forward, one step a version. */
export function migrate(db: IDBDatabase, oldVersion: number, tx: IDBTransaction): void {
  if (oldVersion < 1) {
    db.createObjectStore("revisions", { keyPath: "rev_id" }).createIndex("entry", "entry_id");
    db.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("rev_id", "rev_id", { unique: true });
    db.createObjectStore("drafts");
    db.createObjectStore("meta");
  }
  if (oldVersion < 2) {
    db.createObjectStore("aside", { keyPath: "rev_id" });
    if (oldVersion > 0) moveAside(tx);
  }
}

/** The first version kept another patient's unsent revisions among this one's, parked. */
function moveAside(tx: IDBTransaction): void {
  const revisions = tx.objectStore("revisions");
  const cursor = tx.objectStore("outbox").openCursor();
  cursor.onsuccess = () => {
    const at = cursor.result;
    if (!at) return;
    const { parked, rev_id } = at.value as Queued;
    if (parked === "other-diary") {
      const found = revisions.get(rev_id);
      found.onsuccess = () => {
        if (found.result) tx.objectStore("aside").put(found.result);
        revisions.delete(rev_id);
      };
      at.delete();
    }
    at.continue();
  };
}
