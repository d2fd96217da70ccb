/** The patient's impression of change (PGIC): one tap on its days. */
import { envelope, type Writing } from "./compose.ts";
import { toRfc3339 } from "./moment.ts";
import type { Impression } from "./head.ts";
import type { Operation } from "./record.ts";
import type { Slot } from "./schedule.ts";

/** 1 very much improved ... 4 no change ... 7 very much worse. */
export const CHANGES = [1, 2, 3, 4, 5, 6, 7] as const;

/** The one that waits for its answer at `now`, on time or late; the newest of several. */
export function impressionDue(slots: readonly Slot[], given: readonly Impression[], now: number): Slot | null {
  const answered = new Set(given.map(({ body }) => body.slot));
  const open = slots.filter((slot) => slot.onTimeFrom <= now && now <= slot.lateUntil && !answered.has(slot.key));
  return open.at(-1) ?? null;
}

export function impression(change: number, slot: string, writing: Writing, proxy = false): Operation {
  const at = toRfc3339(writing.now);
  const body = { taken_at: at, recorded_at: at, change, slot, ...(proxy ? { proxy: true as const } : {}) };
  return { ...envelope(writing, writing.now), op: "put", kind: "impression", body };
}
