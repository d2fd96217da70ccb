/** What the screens show, worked out from the store and the time; nothing here writes. */
import { due, type CheckIn, type Due } from "../diary/due.ts";
import { currentEpisode, performedAt, place, type Place } from "../diary/episode.ts";
import { fold, type Entry, type Folded, type FlagReport, type Impression } from "../diary/head.ts";
import { hiding, type Hiding } from "../diary/hiding.ts";
import type { Diary, Episode, Revision } from "../diary/record.ts";
import { checkInsOf } from "../diary/checkIns.ts";
import { clockError, HOUR, toRfc3339, trueTime } from "../diary/moment.ts";
import type { Meta, Snapshot } from "../store/store.ts";

export interface Model {
  meta: Partial<Meta>;
  /** What this phone's clock is off by, ms; 0 while it is right enough. */
  clockError: number;
  /** The time by the clinic's clock, which all plans go by. */
  time: number;
  diary: Diary;
  episode: Episode;
  place: Place;
  entries: Entry[];
  reports: FlagReport[];
  impressions: Impression[];
  /** Every version of everything in this diary. */
  revisions: Revision[];
  checkIns: CheckIn[];
  due: Due;
  hiding: Hiding;
  /** Revisions the server does not hold, those that need help included, in the order of their saving. */
  unsent: Revision[];
  /** Unsent revisions of another patient's diary that was on this phone before. */
  aside: Revision[];
  needHelp: Set<string>;
  waiting: Set<string>;
  /** Urgent reports the server does not have yet. */
  untold: FlagReport[];
  /** Entries of the last day that may come to a red flag; the table itself is in a later part. */
  alarming: Entry[];
}

/** For so long an entry calls for what its symptom calls for; an older one is history. */
export const ALARM_MS = 24 * HOUR;

/** Null while this phone has no diary. `phoneNow`: what the phone's clock shows. */
export function modelOf(snapshot: Snapshot, phoneNow: number): Model | null {
  const now = trueTime(phoneNow, snapshot.meta.skew_ms);
  const { diary } = snapshot.meta;
  const episode = diary ? currentEpisode(diary) : null;
  if (!diary || !episode) return null;
  const { revisions, folded, answers } = contentOf(snapshot.revisions, episode);
  const checkIns = checkInsOf(episode, answers, now);
  const where = place(episode, now);
  const asked = where.kind === "ended" ? NOTHING_DUE : due(checkIns, answers, now);
  const queued = new Map(snapshot.queued.map((item) => [item.rev_id, item]));
  // The log of what happened to a red flag travels along; it is nothing the patient has entered.
  const logged = new Set(snapshot.revisions.filter(({ kind }) => kind === "flag_event").map(({ rev_id }) => rev_id));
  const parked = snapshot.queued.filter((item) => item.parked !== null);
  return {
    meta: snapshot.meta,
    clockError: clockError(snapshot.meta.skew_ms),
    time: now,
    diary,
    episode,
    place: where,
    ...folded,
    revisions,
    checkIns,
    due: asked,
    hiding: hiding(episode, asked.now !== null, now),
    unsent: snapshot.revisions.filter(({ rev_id }) => queued.has(rev_id)).sort((a, b) => queued.get(a.rev_id)!.order - queued.get(b.rev_id)!.order),
    aside: snapshot.aside,
    needHelp: new Set(parked.map((item) => item.rev_id)),
    waiting: new Set(snapshot.queued.filter((item) => item.parked === null && !logged.has(item.rev_id)).map((item) => item.rev_id)),
    untold: folded.reports.filter(({ head, body }) => URGENT.has(body.shown_level) && queued.has(head.rev_id)),
    alarming: alarming(folded.entries, episode, now),
  };
}

/** What follows from the revisions alone. */
interface Content {
  revisions: Revision[];
  folded: Folded;
  answers: Entry["body"][];
}

let last: { all: Revision[]; episodeId: string; content: Content } | null = null;

/** Worked out once for the same revisions: the time moves on far more often than the diary. */
function contentOf(all: Revision[], { episode_id }: Episode): Content {
  if (last?.all === all && last.episodeId === episode_id) return last.content;
  const revisions = all.filter((revision) => revision.episode_id === episode_id);
  const folded = fold(revisions);
  const content = { revisions, folded, answers: folded.entries.map(answered) };
  last = { all, episodeId: episode_id, content };
  return content;
}

function alarming(entries: readonly Entry[], episode: Episode, now: number): Entry[] {
  const baseline = episode.baseline.average ?? episode.baseline.pain ?? WORST;
  const from = now - ALARM_MS;
  const found: Entry[] = [];
  // Oldest first: only the end is of the last day. A phone's clock may have been off by more, so the end is generous.
  for (let place = entries.length - 1; place >= 0 && Date.parse(entries[place]!.body.taken_at) >= from - ALARM_MS; place -= 1) {
    const entry = entries[place]!;
    const { body, head } = entry;
    const { numb, weak, pain, side_effects } = body;
    const sign = numb === true || weak === true || (side_effects ?? []).length > 0 || pain === WORST || (pain ?? 0) > baseline;
    if (sign && trueTime(Date.parse(body.taken_at), head.recorded.skew_ms) >= from) found.unshift(entry);
  }
  return found;
}

const NOTHING_DUE: Due = { now: null, next: null, missed: [] };
const URGENT = new Set(["E", "S"]);
const WORST = 10;

/** An entry with the moment it describes on the clinic's clock. */
export function answered({ body, head }: Entry): Entry["body"] {
  const at = Date.parse(body.taken_at);
  const really = trueTime(at, head.recorded.skew_ms);
  return really === at ? body : { ...body, taken_at: toRfc3339(really) };
}

/** Whether a moment lies before T0, or T0 is not known. */
export function beforeBlock(episode: Episode, ms: number): boolean {
  const t0 = performedAt(episode);
  return t0 === null || ms < t0;
}
