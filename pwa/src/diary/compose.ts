/** Turns what the patient filled in into new entries of the diary. */
import { parseDose } from "./dose.ts";
import { parseGlucose } from "./glucose.ts";
import { HOUR, stamp, toRfc3339 } from "./moment.ts";
import type { Painkiller } from "./painkillers.ts";
import type { EntryBody, Glucose, Operation, Scale, Severity, Skip } from "./record.ts";

export type When = { kind: "now" } | { kind: "ago"; minutes: number; at: number } | { kind: "at"; at: number | null };
export type Activity = "rest" | "usual" | "provoking";

/** A half-filled form. Plain data, so that it can be kept and come back after a crash. */
export interface Draft {
  openedAt: number;
  scale: "now" | "average_24h" | "worst_24h";
  pain: number | null;
  worst: number | null;
  alsoNow: number | null;
  axial: number | null;
  effects: Record<string, Severity>;
  /** Painkillers of earlier days, each given with one tap. */
  usual: Painkiller[];
  painkiller: boolean;
  drug: string;
  dose: string;
  numb: boolean | null;
  weak: boolean | null;
  activity: Activity | null;
  /** Relief since before the injection as the patient puts it, percent. */
  relief: number | null;
  glucose: string;
  unit: Glucose["unit"] | null;
  /** Somebody is helping the patient. */
  proxy: boolean;
  note: string;
  when: When;
}

/** What every operation needs to know about its surroundings. */
export interface Writing {
  episodeId: string;
  now: number;
  /** When the form was opened, ms. */
  openedAt: number | null;
  skewMs: number | null;
}

const HALF_DAY = 12 * HOUR;
const LONGEST_NOTE = 2000;
const LONGEST_NAME = 80;
/** Stands for a painkiller the patient did not name. */
export const UNNAMED_DRUG = "unknown";

export function emptyDraft(scale: Draft["scale"], openedAt: number, when: When = { kind: "now" }): Draft {
  return {
    openedAt, scale, when,
    pain: null, worst: null, alsoNow: null, axial: null, effects: {}, usual: [], painkiller: false, drug: "", dose: "",
    numb: null, weak: null, activity: null, relief: null, glucose: "", unit: null, proxy: false, note: "",
  };
}

/** Whether the patient has put anything into it. */
export function isTouched(draft: Draft): boolean {
  const { openedAt: _opened, when: _when, ...filled } = draft;
  const { openedAt: _o, when: _w, ...empty } = emptyDraft(draft.scale, 0);
  return JSON.stringify(filled) !== JSON.stringify(empty);
}

/** The moment a draft describes, ms; null while a chosen time is incomplete. */
export function takenAt(draft: Draft, now: number): number | null {
  return draft.when.kind === "now" ? now : draft.when.at;
}

/** The entries of one check-in: one operation a scale, sharing a check-in id when there are several. */
export function newEntries(draft: Draft, writing: Writing): Operation[] {
  const taken = takenAt(draft, writing.now) ?? writing.now;
  const scores: [Scale, number | null][] = [[draft.scale, draft.pain], ["worst_24h", draft.worst], ["now", draft.alsoNow]];
  const given = scores.filter(([, pain], at) => at === 0 || pain !== null);
  const shared = given.length > 1 ? { checkin_id: crypto.randomUUID() } : {};
  return given.map(([scale, pain], at) =>
    put(writing, {
      taken_at: toRfc3339(taken),
      recorded_at: toRfc3339(writing.now),
      scale,
      pain,
      ...(at === 0 ? details(draft) : helped(draft)),
      ...shared,
    }),
  );
}

/** "I was asleep" and the like: an entry without a score for the check-in that is due. */
export function skipped(scale: Scale, why: Skip, writing: Writing, proxy = false): Operation {
  const at = toRfc3339(writing.now);
  return put(writing, { taken_at: at, recorded_at: at, scale, pain: null, skipped: why, ...helped({ proxy }) });
}

export function put(writing: Writing, body: EntryBody): Operation & { kind: "entry"; op: "put" } {
  const taken = Date.parse(body.taken_at);
  return { ...envelope(writing, body.scale === "now" ? taken : taken - HALF_DAY), op: "put", kind: "entry", body };
}

export function envelope(writing: Writing, aboutMs: number) {
  return {
    rev_id: crypto.randomUUID(),
    entry_id: crypto.randomUUID(),
    episode_id: writing.episodeId,
    parent_rev: null,
    schema: 1 as const,
    recorded: stamp(writing.now, aboutMs, writing.openedAt, writing.skewMs),
  };
}

export function details(draft: Draft): Partial<EntryBody> {
  const effects = Object.entries(draft.effects).map(([code, severity]) => ({ code, severity }));
  const analgesics = [...(draft.painkiller ? [analgesic(draft)] : []), ...draft.usual];
  const glucose = parseGlucose(draft.glucose, draft.unit);
  return {
    ...(draft.axial === null ? {} : { axial: draft.axial }),
    ...(effects.length === 0 ? {} : { side_effects: effects }),
    ...(analgesics.length === 0 ? {} : { analgesics }),
    ...(draft.activity === null ? {} : { activity: draft.activity }),
    ...(draft.numb === null ? {} : { numb: draft.numb }),
    ...(draft.weak === null ? {} : { weak: draft.weak }),
    ...(draft.relief === null ? {} : { stated_relief_percent: draft.relief }),
    ...(glucose === null || glucose === "unclear" ? {} : { glucose }),
    ...helped(draft),
    ...(draft.note.trim() === "" ? {} : { note: draft.note.trim().slice(0, LONGEST_NOTE) }),
  };
}

function helped({ proxy }: Pick<Draft, "proxy">): Partial<EntryBody> {
  return proxy ? { proxy } : {};
}

function analgesic(draft: Draft): { drug: string; dose_mg?: number } {
  const dose = parseDose(draft.dose);
  return {
    drug: draft.drug.trim().slice(0, LONGEST_NAME) || UNNAMED_DRUG,
    ...(typeof dose === "number" ? { dose_mg: dose } : {}),
  };
}
