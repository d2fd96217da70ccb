/** Which check-in waits for an answer now, which comes next, and which were missed. */
import type { Scale, Skip } from "./record.ts";

/** The part of a check-in of the protocol that this module reads; all times in ms since 1970. */
export interface CheckIn {
  readonly key: string;
  readonly kind: string;
  readonly scale: Scale;
  readonly plannedAt: number;
  readonly onTimeFrom: number;
  readonly onTimeUntil: number;
  readonly lateUntil: number;
  readonly backFillUntil: number;
  /** False for check-ins that are offered and never counted as missing. */
  readonly expected: boolean;
}

export interface Answered {
  taken_at: string;
  scale: Scale;
  pain: number | null;
  skipped?: Skip;
}

const SCALES: readonly Scale[] = ["now", "average_24h"];

export interface Due {
  /** To be answered now, on time or late. */
  now: CheckIn | null;
  /** The next one whose time has not begun. */
  next: CheckIn | null;
  /** Unanswered and past their late time, oldest first. */
  missed: CheckIn[];
}

/** `checkIns` of one episode, `entries` as they stand, `now` in ms. */
export function due(checkIns: readonly CheckIn[], entries: readonly Answered[], now: number): Due {
  const answered = answeredKeys(checkIns, entries);
  const open = checkIns.filter((one) => !answered.has(one.key));
  return {
    now: dueNow(checkIns, answered, now),
    next: earliest(open.filter((one) => one.expected && one.onTimeFrom > now)),
    missed: open.filter((one) => one.expected && one.lateUntil < now),
  };
}

/** Whether a missed check-in may still be filled in from memory. */
export function canFill(checkIn: CheckIn, now: number): boolean {
  return now <= checkIn.backFillUntil;
}

/** Keys of the check-ins some entry answers. "I was asleep" is an answer too, so that nobody is asked twice. */
export function answeredKeys(checkIns: readonly CheckIn[], entries: readonly Answered[]): Set<string> {
  const keys = new Set<string>();
  for (const scale of SCALES) {
    const own = checkIns.filter((one) => one.scale === scale);
    const from = Math.min(...own.map((one) => one.onTimeFrom));
    const until = Math.max(...own.map((one) => one.lateUntil));
    for (const entry of entries) {
      if (entry.scale !== scale) continue;
      const at = Date.parse(entry.taken_at);
      // Most scores of a long diary were given when nothing was asked any more.
      const slot = at < from || at > until ? null : slotAt(own, at, scale);
      if (slot) keys.add(slot.key);
    }
  }
  return keys;
}

/** The check-in an entry belongs to: the nearest whose on-time window holds it, else the nearest whose late one does. */
export function slotOf(checkIns: readonly CheckIn[], entry: Answered): CheckIn | null {
  return slotAt(checkIns, Date.parse(entry.taken_at), entry.scale);
}

function slotAt(checkIns: readonly CheckIn[], at: number, scale: Scale): CheckIn | null {
  let onTime: CheckIn | null = null;
  let late: CheckIn | null = null;
  // One walk and no lists between: this runs for every entry of a long diary.
  for (const one of checkIns) {
    if (one.scale !== scale || at < one.onTimeFrom || at > one.lateUntil) continue;
    if (at <= one.onTimeUntil) onTime = nearer(onTime, one, at);
    else late = nearer(late, one, at);
  }
  return onTime ?? late;
}

/** Only what a score given now would answer: at 30 minutes it can no longer fill the check-in of 15 minutes. */
function dueNow(checkIns: readonly CheckIn[], answered: ReadonlySet<string>, now: number): CheckIn | null {
  const filled = SCALES.map((scale) => slotAt(checkIns, now, scale));
  const open = filled.filter((one) => one !== null && !answered.has(one.key)) as CheckIn[];
  const onTime = open.filter((one) => now <= one.onTimeUntil);
  return nearest(onTime, now) ?? nearest(open.filter((one) => one.expected), now);
}

function nearest(checkIns: readonly CheckIn[], at: number): CheckIn | null {
  return checkIns.reduce<CheckIn | null>((best, one) => nearer(best, one, at), null);
}

function nearer(best: CheckIn | null, one: CheckIn, at: number): CheckIn {
  return best === null || Math.abs(one.plannedAt - at) < Math.abs(best.plannedAt - at) ? one : best;
}

function earliest(checkIns: readonly CheckIn[]): CheckIn | null {
  return checkIns.reduce<CheckIn | null>((first, one) => (first === null || one.plannedAt < first.plannedAt ? one : first), null);
}
