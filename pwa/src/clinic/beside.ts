/** The parts of the form no reading depends on: technique, risks, complications, questionnaires. */
import { risksText } from "./besideText";
import { dateInput, timeInput, toInstant } from "./time";
import type { BesideRecord, Complication, EpisodeDetail, Procedure, Questionnaire, Risks } from "./types";

export type YesNoUnknown = "" | "yes" | "no";

export interface ComplicationDraft {
  code: string;
  date: string;
  time: string;
  note: string;
}

export interface QuestionnaireDraft {
  instrument: string;
  on: string;
  percent: string;
}

export interface BesideDraft {
  furtherLevels: string[];
  guidance: string;
  contrast: string[];
  anticoagulant: string;
  anticoagulantDrug: string;
  diabetes: string;
  allergic: YesNoUnknown;
  allergies: string;
  /** "" is not recorded: no complication has to be said. */
  complicated: YesNoUnknown;
  complications: ComplicationDraft[];
  questionnaires: QuestionnaireDraft[];
}

export const EMPTY_BESIDE: BesideDraft = {
  furtherLevels: [],
  guidance: "",
  contrast: [],
  anticoagulant: "",
  anticoagulantDrug: "",
  diabetes: "",
  allergic: "",
  allergies: "",
  complicated: "",
  complications: [],
  questionnaires: [],
};

/** Nothing preselected: a complication must not come from an untouched row. */
export const EMPTY_COMPLICATION: ComplicationDraft = { code: "", date: "", time: "", note: "" };

export function text(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

export function yesNo(value: boolean | null | undefined): YesNoUnknown {
  if (value === true) return "yes";
  return value === false ? "no" : "";
}

/** The form's parts filled from an episode. */
export function besideDraft(episode: EpisodeDetail): BesideDraft {
  const { procedure, zone, complications } = episode;
  const risks = episode.risks ?? {};
  return {
    furtherLevels: procedure.further_levels ?? [],
    guidance: procedure.guidance ?? "",
    contrast: procedure.contrast_spread ?? [],
    anticoagulant: risks.anticoagulant ?? "",
    anticoagulantDrug: risks.anticoagulant_drug ?? "",
    diabetes: risks.diabetes ?? "",
    allergic: yesNo(risks.allergic),
    allergies: risks.allergies ?? "",
    complicated: complications ? (complications.length ? "yes" : "no") : "",
    complications: (complications ?? []).map(({ code, at, note }) => ({
      code,
      date: at ? dateInput(at, zone) : "",
      time: at ? timeInput(at, zone) : "",
      note: note ?? "",
    })),
    questionnaires: (episode.questionnaires ?? []).map((one) => ({ ...one, percent: text(one.percent) })),
  };
}

/** What the technique adds to the procedure as sent. */
export function techniqueOf(draft: BesideDraft): Partial<Procedure> {
  const technique: Partial<Procedure> = {};
  if (draft.furtherLevels.length) technique.further_levels = draft.furtherLevels;
  if (draft.guidance) technique.guidance = draft.guidance;
  if (draft.contrast.length) technique.contrast_spread = draft.contrast;
  return technique;
}

export function besideBody(draft: BesideDraft & { zone: string; date: string }, number: (text: string) => number): BesideRecord {
  return {
    risks: risksOf(draft),
    complications: draft.complicated === "" ? null : complicationsOf(draft),
    questionnaires: draft.questionnaires.length ? draft.questionnaires.map((one) => totalOf(one, number)) : null,
  };
}

function risksOf(draft: BesideDraft): Risks | null {
  const risks: Risks = {};
  if (draft.anticoagulant) risks.anticoagulant = draft.anticoagulant;
  if (takesAnticoagulant(draft) && draft.anticoagulantDrug.trim()) risks.anticoagulant_drug = draft.anticoagulantDrug.trim();
  if (draft.diabetes) risks.diabetes = draft.diabetes;
  if (draft.allergic) risks.allergic = draft.allergic === "yes";
  if (draft.allergic === "yes" && draft.allergies.trim()) risks.allergies = draft.allergies.trim();
  return Object.keys(risks).length ? risks : null;
}

/** What the fold of the risks says while it is closed. */
export function risksDraftText(draft: BesideDraft): string {
  const risks = risksOf(draft);
  return risks ? risksText(risks).join(", ") : "";
}

export function takesAnticoagulant(draft: BesideDraft): boolean {
  return draft.anticoagulant === "paused" || draft.anticoagulant === "continued";
}

function complicationsOf(draft: BesideDraft & { zone: string; date: string }): Complication[] {
  if (draft.complicated !== "yes") return [];
  return draft.complications.map((one) => {
    const made: Complication = { code: one.code };
    const at = one.time ? toInstant(one.date || draft.date, one.time, draft.zone) : null;
    if (at) made.at = at;
    if (one.note.trim()) made.note = one.note.trim();
    return made;
  });
}

function totalOf(one: QuestionnaireDraft, number: (text: string) => number): Questionnaire {
  return { instrument: one.instrument, on: one.on, percent: number(one.percent) };
}
