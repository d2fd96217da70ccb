/** Which revisions travel together. */
import type { Revision } from "../diary/record.ts";
import type { Snapshot } from "../store/store.ts";
import { asOperation } from "./wire.ts";

export const MOST_OPERATIONS = 100;
const MOST_BYTES = 200 * 1024;

/**
 * The next revisions to send, oldest first and within the server's limits. One that failed before travels alone, after
 * all others; `skip` holds those that already failed in this run.
 */
export function nextBatch(snapshot: Snapshot, most: number, skip: ReadonlySet<string>): Revision[] {
  const held = new Map(snapshot.revisions.map((revision) => [revision.rev_id, revision]));
  const ready = snapshot.queued
    .filter((item) => item.parked === null && !skip.has(item.rev_id))
    .toSorted((a, b) => a.failures - b.failures || a.order - b.order);
  const limit = (ready[0]?.failures ?? 0) > 0 ? 1 : most;
  const batch: Revision[] = [];
  let bytes = 0;
  for (const item of ready) {
    const revision = held.get(item.rev_id);
    if (!revision) continue;
    bytes += byteLength(revision);
    const full = batch.length >= limit || item.failures > 0 || bytes > MOST_BYTES;
    if (batch.length > 0 && full) break;
    batch.push(revision);
  }
  return batch;
}

function byteLength(revision: Revision): number {
  return new TextEncoder().encode(JSON.stringify(asOperation(revision))).length;
}
