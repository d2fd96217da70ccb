/** Gets unsent entries out of a store the app itself cannot open. */
import type { Revision } from "../diary/record.ts";
import { DATABASE } from "../store/schema.ts";
import { exportUnsent } from "./exporting.ts";

/** Reads what can be read, without upgrading or changing anything; false when there was nothing. */
export async function rescueUnsent(now: number): Promise<boolean> {
  const db = await result(indexedDB.open(DATABASE)).catch(() => null);
  if (!db) return false;
  try {
    const [revisions, queued] = [await rows<Revision>(db, "revisions"), await rows<{ rev_id: string }>(db, "outbox")];
    const waiting = new Set(queued.map(({ rev_id }) => rev_id));
    // Without the queue nobody knows what was sent: then everything is worth keeping.
    const unsent = queued.length > 0 ? revisions.filter(({ rev_id }) => waiting.has(rev_id)) : revisions;
    if (unsent.length > 0) exportUnsent(unsent, now);
    return unsent.length > 0;
  } finally {
    db.close();
  }
}

async function rows<Row>(db: IDBDatabase, table: string): Promise<Row[]> {
  if (!db.objectStoreNames.contains(table)) return [];
  return result(db.transaction(table).objectStore(table).getAll() as IDBRequest<Row[]>).catch(() => []);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
