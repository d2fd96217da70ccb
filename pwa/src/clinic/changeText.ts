/** What a version of the record changed, from what to what, in the words of the form. */
import { dateTime, shortDate, wallAsWritten } from "./time";
import { complicationText, questionnaireText, risksText } from "./besideText";
import type {
  Anaesthetic,
  Baseline,
  Complication,
  EpisodeEvent,
  FieldChange,
  Questionnaire,
  Risks,
  Steroid,
  UsualAnalgesic,
} from "./types";
import {
  ANTICOAGULANTS,
  anaestheticText,
  CONTRAST,
  DIABETES,
  EVENTS,
  FIELD_NAMES,
  GUIDANCE,
  INDICATIONS,
  number,
  REGIONS,
  SIDES,
  SITES,
  STATUSES,
  STEROIDS,
  steroidText,
  wordsFor,
} from "./words";

type Daily = NonNullable<Baseline["daily"]>;
type Say = (value: never, zone: string) => string;

const time: Say = (value: string, zone) => dateTime(value, zone);

const SAID: Readonly<Record<string, Say>> = {
  status: (value: string) => wordsFor(STATUSES, value),
  performed_at: time,
  recorded_at: time,
  region: (value: string) => wordsFor(REGIONS, value),
  side: (value: string) => wordsFor(SIDES, value),
  site: (value: string) => wordsFor(SITES, value),
  indication: (value: string) => wordsFor(INDICATIONS, value),
  anaesthetic: (value: Anaesthetic | Anaesthetic[]) => listed([value].flat().map(anaestheticText), " + "),
  steroid: (value: Steroid) => steroidText(value),
  drug: (value: string) => wordsFor(STEROIDS, value),
  dose_mg: (value: number) => `${number(value)} mg`,
  pain: (value: number) => `${value}/10`,
  daily: (value: Daily) => listed(value.map((day) => `${dayText(day.date)} ${number(day.average)}`)),
  usual_analgesics: (value: UsualAnalgesic[]) =>
    listed(value.map((item) => `${item.drug} ${number(item.mg_per_day)} mg/day`)),
  guidance: (value: string) => wordsFor(GUIDANCE, value),
  contrast_spread: (value: string[]) => listed(value.map((code) => wordsFor(CONTRAST, code).toLowerCase())),
  further_levels: (value: string[]) => listed(value),
  anticoagulant: (value: string) => wordsFor(ANTICOAGULANTS, value).toLowerCase(),
  diabetes: (value: string) => wordsFor(DIABETES, value).toLowerCase(),
  risks: (value: Risks) => listed(risksText(value)),
  complications: (value: Complication[]) => listed(value.map(complicationText), "; "),
  questionnaires: (value: Questionnaire[]) => listed(value.map((one) => `${questionnaireText(one)}, ${dayText(one.on)}`)),
  events: (value: EpisodeEvent[], zone) =>
    listed(value.map((event) => `${wordsFor(EVENTS, event.kind).toLowerCase()} ${dateTime(event.at, zone)}`), "; "),
};

/** "T0: 9 Feb 2026, 14:02 → 9 Feb 2026, 14:20". */
export function changeText(change: FieldChange, zone: string): string {
  const name = wordsFor(FIELD_NAMES, fieldName(change.field));
  return `${name}: ${valueText(change.field, change.before, zone)} → ${valueText(change.field, change.after, zone)}`;
}

/** The key a dotted name is known by: itself where it has its own word, else its last part. */
function fieldName(field: string): string {
  return Object.hasOwn(FIELD_NAMES, field) ? field : lastPart(field);
}

function lastPart(field: string): string {
  return field.slice(field.lastIndexOf(".") + 1);
}

function valueText(field: string, value: unknown, zone: string): string {
  if (value === null || value === undefined)
    return field === "procedure.steroid" ? "none or not known" : "not recorded";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const say = SAID[lastPart(field)];
  // Older versions may hold another shape; shown as it is rather than not at all.
  try {
    if (say) return say(value as never, zone);
  } catch {
    return JSON.stringify(value);
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function listed(items: string[], between = ", "): string {
  return items.join(between) || "none";
}

export function dayText(date: string): string {
  const wall = wallAsWritten(`${date}T00:00`);
  return wall ? shortDate(wall, false) : date;
}
