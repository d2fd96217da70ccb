/** The enrolment form as typed: plain texts, their defaults, and the choices each field offers. */
import { type BesideDraft, besideDraft, EMPTY_BESIDE, text, type YesNoUnknown, yesNo } from "./beside";
import { typedAnaesthetic } from "./drugs";
import type { Baseline, EpisodeDetail, EpisodeStatus, Procedure, Region, Side } from "./types";
import { addDays, dateInput, isRealDate, timeInput } from "./time";

export interface AnaestheticDraft {
  drug: string;
  concentration: string;
  volume: string;
  /** null: not recorded, kept so through a correction. */
  adrenaline: boolean | null;
}

/** What ended the diary's reading; empty until someone fills it in. */
export interface EventDraft {
  kind: string;
  date: string;
  time: string;
}

export interface AnalgesicDraft {
  drug: string;
  perDay: string;
}

/** Everything on the form stays text until it is sent, so that a wrong value is never lost. */
export interface Draft extends BesideDraft {
  patientId: string;
  name: string;
  recordNumber: string;
  bornOn: string;
  /** Planned or performed; an episode that has been enrolled may also be closed or cancelled. */
  status: EpisodeStatus;
  /** The day a planned injection is planned for; may be open. */
  plannedOn: string;
  date: string;
  time: string;
  zone: string;
  region: Region;
  level: string;
  side: Side | "";
  indication: string;
  operator: string;
  approach: string;
  /** One of the clinic's protocols; empty: what region and steroid call for. */
  protocol: string;
  anaesthetics: AnaestheticDraft[];
  steroidGiven: "" | "given" | "none" | "unknown";
  steroidDrug: string;
  steroidDose: string;
  sedation: YesNoUnknown;
  provoked: YesNoUnknown;
  provocable: YesNoUnknown;
  /** Empty: follows region and side. */
  painSite: string;
  painSide: string;
  pain: string;
  painDate: string;
  painTime: string;
  /** Daily averages by date, so that a corrected T0 moves none of them to another day. */
  daily: Record<string, string>;
  analgesics: AnalgesicDraft[];
  events: EventDraft[];
  reason: string;
}

export const LEVELS: Record<Region, string[]> = {
  cervical: ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"],
  thoracic: ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12"],
  lumbar: ["L1", "L2", "L3", "L4", "L5"],
  sacral: ["S1", "S2", "S3", "S4", "S5"],
};

const SITE_OF: Record<Region, "arm" | "trunk" | "leg"> = {
  cervical: "arm",
  thoracic: "trunk",
  lumbar: "leg",
  sacral: "leg",
};

export const DAYS_BEFORE = 7;

export function derivedSite(region: Region): "arm" | "trunk" | "leg" {
  return SITE_OF[region];
}

export function derivedSide(side: Side | ""): "" | "left" | "right" | "both" {
  return side === "bilateral" ? "both" : side;
}

/** A planned block has no T0 yet; one that was cancelled may never get one. */
export function needsT0(draft: Draft): boolean {
  return draft.status === "performed" || draft.status === "closed";
}

/** Drugs may be open while the block is only planned, and in one that never happened. */
export const needsDrugs = needsT0;

export function hasT0(draft: Draft): boolean {
  return draft.status !== "planned" && draft.date !== "" && draft.time !== "";
}

/** Nothing preselected: an event that ends a reading must not come from an untouched row. */
export const EMPTY_EVENT: EventDraft = { kind: "", date: "", time: "" };

export const EMPTY_ANAESTHETIC: AnaestheticDraft = {
  drug: "",
  concentration: "",
  volume: "",
  adrenaline: false,
};

/** Laterality, level and drugs start empty on purpose: nobody should confirm them by not looking. */
export function emptyDraft(zone: string, now: Date, operator = ""): Draft {
  return {
    patientId: "",
    name: "",
    recordNumber: "",
    bornOn: "",
    status: "performed",
    plannedOn: "",
    date: dateInput(now, zone),
    time: "",
    zone,
    region: "lumbar",
    level: "",
    side: "",
    indication: "",
    operator,
    approach: "",
    protocol: "",
    anaesthetics: [{ ...EMPTY_ANAESTHETIC }],
    steroidGiven: "",
    steroidDrug: "",
    steroidDose: "",
    sedation: "",
    provoked: "",
    provocable: "",
    painSite: "",
    painSide: "",
    pain: "",
    painDate: "",
    painTime: "",
    daily: {},
    analgesics: [],
    events: [],
    ...EMPTY_BESIDE,
    reason: "",
  };
}

/** The form filled from an episode, for correcting it. */
export function draftOf(episode: EpisodeDetail): Draft {
  const { zone, performed_at: t0 } = episode;
  const draft = emptyDraft(zone, new Date());
  const planned = episode.status === "planned";
  return {
    ...draft,
    patientId: episode.patient.patient_id,
    name: episode.patient.name,
    recordNumber: episode.patient.record_number,
    bornOn: episode.patient.born_on ?? "",
    status: episode.status,
    plannedOn: episode.planned_on ?? "",
    date: t0 ? dateInput(t0, zone) : draft.date,
    time: t0 ? timeInput(t0, zone) : "",
    operator: episode.operator ?? "",
    approach: episode.approach ?? "",
    painSite: episode.index_pain.site === derivedSite(episode.region) ? "" : episode.index_pain.site,
    painSide: episode.index_pain.side === derivedSide(episode.side) ? "" : episode.index_pain.side,
    ...procedureDraft(episode.procedure, planned),
    ...baselineDraft(episode.baseline, zone),
    ...besideDraft(episode),
    events: episode.events.map(({ kind, at }) => ({
      kind,
      date: dateInput(at, zone),
      time: timeInput(at, zone),
    })),
  };
}

/** What a planned block leaves open is asked for at T0; in a done one it is not known. */
function procedureDraft(procedure: Procedure, planned: boolean): Partial<Draft> {
  const { anaesthetic, steroid } = procedure;
  const parts = Array.isArray(anaesthetic) ? anaesthetic : anaesthetic ? [anaesthetic] : [];
  return {
    region: procedure.region,
    level: procedure.level,
    side: procedure.side,
    indication: procedure.indication ?? "",
    anaesthetics: (parts.length ? parts : [{ drug: planned ? "" : "unknown" }]).map(typedAnaesthetic),
    steroidGiven: steroid === undefined ? (planned ? "" : "unknown") : steroid === null ? "none" : "given",
    steroidDrug: steroid?.drug ?? "",
    steroidDose: text(steroid?.dose_mg),
    sedation: yesNo(procedure.sedation),
    provoked: yesNo(procedure.concordant_pain_provoked),
    provocable: yesNo(procedure.provocable_before),
  };
}

function baselineDraft(baseline: Baseline, zone: string): Partial<Draft> {
  const recorded = baseline.recorded_at;
  return {
    pain: text(baseline.pain),
    painDate: recorded ? dateInput(recorded, zone) : "",
    painTime: recorded ? timeInput(recorded, zone) : "",
    daily: Object.fromEntries((baseline.daily ?? []).map((day) => [day.date, String(day.average)])),
    analgesics: (baseline.usual_analgesics ?? []).map((item) => ({
      drug: item.drug,
      perDay: String(item.mg_per_day),
    })),
  };
}

/** The dates that get a box: the seven days before the block, and any other that has a value, oldest first. */
export function dailyDates(draft: Draft): string[] {
  const before = isRealDate(draft.date)
    ? Array.from({ length: DAYS_BEFORE }, (_, i) => addDays(draft.date, i - DAYS_BEFORE))
    : [];
  return [...new Set([...before, ...filledDates(draft)])].sort();
}

export function filledDates(draft: Draft): string[] {
  return Object.keys(draft.daily)
    .filter((date) => draft.daily[date]?.trim())
    .sort();
}
