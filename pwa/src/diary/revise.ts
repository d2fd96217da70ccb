/** New versions of what is in the diary already, and reports about symptoms. */
import { recordedAfterEdit } from "./amend.ts";
import { details, emptyDraft, envelope, put, takenAt, UNNAMED_DRUG, type Draft, type Writing } from "./compose.ts";
import type { Entry } from "./head.ts";
import { stamp, toRfc3339 } from "./moment.ts";
import type { EntryBody, Kind, Level, Operation, SymptomReport } from "./record.ts";

/** The form of an entry that is to be changed. */
export function draftOf(body: EntryBody, openedAt: number, showScores: boolean): Draft {
  const first = body.analgesics?.[0];
  return {
    ...emptyDraft(body.scale, openedAt, { kind: "at", at: Date.parse(body.taken_at) }),
    pain: showScores ? body.pain : null,
    axial: showScores ? (body.axial ?? null) : null,
    effects: Object.fromEntries((body.side_effects ?? []).map((effect) => [effect.code, effect.severity])),
    painkiller: first !== undefined,
    drug: first && first.drug !== UNNAMED_DRUG ? first.drug : "",
    dose: first?.dose_mg === undefined ? "" : String(first.dose_mg),
    numb: body.numb ?? null,
    weak: body.weak ?? null,
    activity: body.activity ?? null,
    relief: showScores ? (body.stated_relief_percent ?? null) : null,
    glucose: body.glucose === undefined ? "" : String(body.glucose.value),
    unit: body.glucose?.unit ?? null,
    proxy: body.proxy ?? false,
    note: body.note ?? "",
  };
}

/** A new version of an entry. A draft without a score keeps the saved one, which may be hidden from the patient. */
export function changed(entry: Entry, draft: Draft, writing: Writing): Operation {
  const { axial: oldAxial, stated_relief_percent: oldRelief, analgesics: old, skipped: why } = entry.body;
  const now = toRfc3339(writing.now);
  const moved = takenAt(draft, writing.now);
  const same = moved === null || moved === Date.parse(entry.body.taken_at);
  const after = { pain: draft.pain ?? entry.body.pain, taken_at: same ? entry.body.taken_at : toRfc3339(moved) };
  const more = details(draft);
  const others = draft.painkiller ? (old ?? []).slice(1) : [];
  const body: EntryBody = {
    ...withoutDetails(entry.body),
    ...after,
    recorded_at: recordedAfterEdit(entry.body, after, now),
    ...(oldAxial === undefined ? {} : { axial: oldAxial }),
    ...(oldRelief === undefined ? {} : { stated_relief_percent: oldRelief }),
    ...more,
    ...(more.analgesics ? { analgesics: [...more.analgesics, ...others] } : {}),
    ...(after.pain === null && why !== undefined ? { skipped: why } : {}),
  };
  return { ...put(writing, body), entry_id: entry.entryId, parent_rev: entry.head.rev_id };
}

/** What the form does not ask: an entry may hold more than this app knows. */
function withoutDetails(body: EntryBody): EntryBody {
  const asked = new Set(["axial", "side_effects", "analgesics", "activity", "numb", "weak", "stated_relief_percent", "glucose", "proxy", "note", "skipped"]);
  return Object.fromEntries(Object.entries(body).filter(([key]) => !asked.has(key))) as unknown as EntryBody;
}

/** Takes back a deletion: the same entry again under a new name, since a deletion holds for ever. */
export function restored(body: EntryBody, writing: Writing): Operation {
  return put(writing, body);
}

/** Takes back a change: one more version that says what the one before it said. */
export function changedBack(entry: Entry, before: EntryBody, writing: Writing): Operation {
  return { ...put(writing, before), entry_id: entry.entryId, parent_rev: entry.head.rev_id };
}

export function deleted(entry: { entryId: string; head: { rev_id: string; episode_id: string; kind?: Kind } }, writing: Writing): Operation {
  return {
    rev_id: crypto.randomUUID(),
    entry_id: entry.entryId,
    episode_id: entry.head.episode_id,
    parent_rev: entry.head.rev_id,
    op: "tombstone",
    kind: entry.head.kind ?? "entry",
    schema: 1,
    recorded: stamp(writing.now, writing.now, null, writing.skewMs),
    body: null,
  };
}

export function flagReport(reports: SymptomReport[], level: Level, writing: Writing, { gone = [], proxy = false }: { gone?: string[]; proxy?: boolean } = {}): Operation {
  const at = toRfc3339(writing.now);
  const body = { taken_at: at, recorded_at: at, reports, shown_level: level, ...(gone.length === 0 ? {} : { gone }), ...(proxy ? { proxy: true as const } : {}) };
  return { ...envelope(writing, writing.now), op: "put", kind: "flag_report", body };
}
