/** Every code the clinic's screens can meet, in the words a physician reads. */
import { TITLES } from "./redFlags";
import type { Anaesthetic, EpisodeRow, Headline, IndexPain } from "./types";

type Words = Readonly<Record<string, string>>;

export const VERDICTS: Words = {
  pending: "pending",
  indeterminate: "indeterminate",
  positive_strong: "positive, strong",
  positive: "positive",
  unconfirmed: "unconfirmed",
  equivocal: "equivocal",
  negative: "negative",
};

export const FLARES: Words = {
  flare: "flare",
  persistent_worsening: "persistent worsening",
  pending: "pending",
  not_evaluable: "not evaluable",
  not_applicable: "not applicable",
  local_soreness: "local soreness",
  none: "none",
};

export const STEROID_STATUSES: Words = {
  responded: "responded",
  late: "responded late",
  merged: "merged with block",
  partial: "partial",
  none: "no response",
  pending: "pending",
  not_applicable: "none given",
  not_evaluable: "not evaluable",
};

export const SHAPES: Words = {
  pending: "pending",
  not_readable: "not readable",
  prolonged: "prolonged relief",
  flare_then_relief: "flare, then relief",
  anaesthetic_then_steroid: "block, then steroid",
  delayed_steroid_only: "delayed, steroid only",
  anaesthetic_only: "block only",
  none: "no relief",
};

export const CONFIDENCE: Words = { A: "high", B: "good", C: "limited", D: "low" };

export const REGIONS: Words = {
  cervical: "Cervical",
  thoracic: "Thoracic",
  lumbar: "Lumbar",
  sacral: "Sacral",
};

export const SIDES: Words = { left: "left", right: "right", bilateral: "both sides", both: "both" };

export const SITES: Words = { arm: "arm", leg: "leg", trunk: "trunk" };

export const INDICATIONS: Words = {
  cervical_radiculopathy: "Cervical radiculopathy",
  thoracic_radiculopathy: "Thoracic radiculopathy",
  lumbar_radiculopathy: "Lumbar radiculopathy",
  failed_back_surgery_syndrome: "Failed back surgery syndrome",
  spinal_stenosis: "Spinal stenosis",
  bulging_disc: "Bulging disc",
  herniated_disc: "Herniated disc",
  arthritis: "Arthritis",
  other: "Other",
};

export const ANAESTHETICS: Words = {
  lidocaine: "Lidocaine",
  mepivacaine: "Mepivacaine",
  prilocaine: "Prilocaine",
  bupivacaine: "Bupivacaine",
  levobupivacaine: "Levobupivacaine",
  ropivacaine: "Ropivacaine",
  unknown: "Not known",
};

export const STEROIDS: Words = {
  dexamethasone: "Dexamethasone",
  betamethasone: "Betamethasone",
  triamcinolone: "Triamcinolone",
  methylprednisolone: "Methylprednisolone",
  prednisolone: "Prednisolone",
  unknown: "Not known",
};

export const SIDE_EFFECTS: Words = {
  injection_site_pain: "pain at injection site",
  increased_radicular_pain: "more limb pain",
  increased_spinal_pain: "more spine pain",
  lightheadedness: "light-headed",
  nausea: "nausea",
  vomiting: "vomiting",
  headache: "headache",
  flushing: "flushing",
  poor_sleep: "poor sleep",
  raised_blood_sugar: "raised blood sugar",
  itching: "itching",
  other: "other",
};

export const SEVERITIES: Words = { mild: "mild", moderate: "moderate", severe: "severe" };

export const SCALES: Words = {
  now: "now",
  average_24h: "average 24 h",
  worst_24h: "worst 24 h",
};

export const ACTIVITIES: Words = {
  rest: "at rest",
  usual: "usual activity",
  provoking: "provoking activity",
};

export const SKIPS: Words = {
  asleep: "asleep",
  nothing_to_report: "nothing to report",
  other: "skipped",
};

/** The levels of the patient's impression of change, by their number. */
export const CHANGES: Words = {
  1: "very much improved",
  2: "much improved",
  3: "minimally improved",
  4: "no change",
  5: "minimally worse",
  6: "much worse",
  7: "very much worse",
};

export const GRADES: Words = {
  on_time: "live",
  late: "late",
  back_filled: "back-filled",
  extra: "extra",
  skipped: "skipped",
  clock_suspect: "clock suspect",
  before: "before T0",
};

export const GRADE_NOTES: Words = {
  on_time: "Recorded when it was felt",
  late: "Recorded after its window, still in time",
  back_filled: "Recorded from memory, left out of the anaesthetic phase and flare",
  extra: "Fills no planned slot; still read",
  skipped: "The patient skipped this check-in",
  clock_suspect: "The phone's clock was off; left out of timing",
  before: "Described before T0; shown, not read",
};

export const STATUSES: Words = {
  planned: "planned",
  performed: "performed",
  closed: "closed",
  cancelled: "cancelled",
};

export const DEVICES: Words = {
  none: "no phone",
  invited: "invited",
  enrolled: "enrolled",
};

export const ALERT_LEVELS: Words = {
  E: "Emergency",
  S: "Same day",
  N: "Next working day",
  C: "Self-care",
};

export const ALERT_OUTCOMES: Words = {
  advice_given: "Advice given",
  visit_arranged: "Visit arranged",
  sent_to_emergency: "Sent to emergency care",
  expected_effect: "Expected effect, nothing to do",
  already_in_care: "Already in care elsewhere",
  reported_by_mistake: "Reported by mistake",
  not_reached: "Not reached, given up",
  other: "Something else",
  not_recorded: "Not recorded",
};

/** Why no reminder arrives over a way the patient wants. */
export const UNREACHED: Words = {
  push: "notifications ended",
  email: "e-mail refused",
  sms: "text messages refused",
};
export const CHANNELS: Words = { push: "Notification of the app", email: "E-mail", sms: "Text message" };

export const MESSAGE_CHANNELS: Words = { email: "e-mail", sms: "text message" };

export const MESSAGE_KINDS: Words = { escalation: "Unanswered alert", digest: "Digest", test: "Test" };

export const MESSAGE_PROBLEMS: Words = {
  "delivery-failed": "the server for this channel did not take it",
  "delivery-refused": "the address does not exist",
  "not-configured": "this installation has no such channel",
  answered: "somebody acknowledged meanwhile",
  "too-late": "it came too late",
};

export const LANGUAGES: Words = { en: "English", es: "Español", de: "Deutsch", ar: "العربية" };

/** The titles of the rule table: one red flag has one wording, in an alert and in an answer. */
export const RED_FLAGS: Words = { none: "none of these", ...TITLES };

export const ROLES: Words = {
  physician: "physician",
  nurse: "nurse",
  admin: "administrator",
  auditor: "auditor",
};

export const EVENTS: Words = { repeat: "Repeat injection", surgery: "Surgery" };

export const GUIDANCE: Words = {
  fluoroscopy: "Fluoroscopy",
  ct: "CT",
  ct_fluoroscopy: "CT fluoroscopy",
  ultrasound: "Ultrasound",
  mri: "MRI",
  none: "None",
  other: "Other",
};

export const CONTRAST: Words = {
  along_root: "Along the root",
  epidural: "Into the epidural space",
  neighbouring_root: "To a neighbouring root",
  obstructed: "Obstructed",
  intra_epineural: "Inside the nerve sheath",
  vascular: "Into a vessel",
  not_given: "None given",
};

export const ANTICOAGULANTS: Words = { none: "None", paused: "Paused", continued: "Continued" };

export const DIABETES: Words = { none: "None", without_insulin: "Without insulin", insulin: "On insulin" };

export const COMPLICATIONS: Words = {
  vasovagal: "Vasovagal reaction",
  vascular_puncture: "Vascular puncture",
  dural_puncture: "Dural puncture",
  bleeding: "Bleeding",
  allergic_reaction: "Allergic reaction",
  toxicity: "Local anaesthetic toxicity",
  blood_pressure: "Blood pressure",
  lasting_paraesthesia: "Lasting paraesthesia",
  unexpected_weakness: "Unexpected weakness",
  stopped_early: "Injection stopped early",
  other: "Other",
};

export const INSTRUMENTS: Words = { odi: "ODI", ndi: "NDI" };

export const READING_FLAGS: Words = {
  single_point_baseline: "Baseline is a single score",
  low_baseline: "Baseline below 4/10",
  low_precision: "Gaps of more than two weeks: timing is imprecise",
  clock_suspect: "A phone clock was off",
};

export const ENTRY_FLAGS: Words = {
  imported: "from paper",
  clock_suspect: "clock suspect",
  conflict: "two phones edited this",
  stored_conflict: "two phones edited this",
  stored_after_delete: "edited after it was deleted",
  changed_after_delete: "edited after it was deleted",
  unknown_fields: "carries fields this version does not know",
};

export const REVISION_STATUSES: Words = {
  stored: "stored",
  duplicate: "received twice",
  stored_conflict: "stored beside another edit",
  stored_after_delete: "stored after a delete",
  quarantined: "held back",
  rejected: "refused",
};

export const QUARANTINE_CODES: Words = {
  "pain-out-of-range": "Pain score outside 0 to 10",
  pain_out_of_range: "Pain score outside 0 to 10",
  "unknown-code": "A code this version does not know",
  unknown_code: "A code this version does not know",
  "unknown-kind": "A kind of record this version does not know",
  "unknown-schema": "Written by a newer version of the app",
  "invalid-time": "A time that cannot be read",
  "invalid-entry": "The record does not have the expected form",
  "not-storable": "A record the database refuses",
  "not-an-object": "Not a record at all",
  "too-large": "A record too large to read",
  "unknown-field": "A field this version does not know",
  missing: "Something is missing",
  invalid: "A value that cannot be right",
  "unknown-episode": "Names an episode this patient does not have",
};

export const FIELD_NAMES: Words = {
  performed_at: "T0",
  "procedure.performed_at": "T0",
  region: "region",
  level: "level",
  side: "side",
  indication: "indication",
  anaesthetic: "anaesthetic",
  steroid: "steroid",
  sedation: "sedation",
  concordant_pain_provoked: "concordant pain provoked",
  provocable_before: "provocable before the block",
  pain: "baseline pain",
  baseline: "baseline",
  recorded_at: "baseline time",
  daily: "daily averages",
  usual_analgesics: "usual painkillers",
  status: "status",
  zone: "time zone",
  index_pain: "index pain",
  planned_on: "planned day",
  operator: "operator",
  approach: "approach",
  procedure: "procedure",
  drug: "steroid",
  dose_mg: "steroid dose",
  site: "index pain, where",
  "index_pain.side": "index pain, side",
  events: "repeat injection or surgery",
  further_levels: "further roots",
  guidance: "guidance",
  contrast_spread: "contrast",
  risks: "risks",
  anticoagulant: "anticoagulant",
  anticoagulant_drug: "which anticoagulant",
  diabetes: "diabetes",
  allergic: "known allergy",
  allergies: "allergies",
  complications: "immediate complications",
  questionnaires: "ODI and NDI",
};

/** What a refused field needs, by the code of problem+json `errors[]`. */
export const FIELD_CODES: Words = {
  required: "Please fill this in.",
  missing: "Please fill this in.",
  invalid: "This does not look right. Please check it.",
  "not-in-list": "Please choose one of the list.",
  unknown: "This field is not known to the server.",
  range: "This number is out of range.",
  "out-of-range": "This number is out of range.",
  duplicate: "This is already in use.",
  taken: "This is already in use.",
  "record-number-taken": "Another patient already has this record number.",
  future: "This lies in the future.",
  "in-use": "This is already in use.",
  "unknown-field": "This field is not known to the server.",
};

/** Whole failures: what happened, what is safe, what to do. */
export const ERRORS: Words = {
  offline: "No connection. Nothing was changed.",
  "no-answer":
    "The connection broke before the answer came. It may have been saved: look before you send it again. What you typed is still here.",
  "unreadable-answer": "The server's answer could not be read. Please try again.",
  "sign-in-failed": "E-mail or password is not right.",
  "too-many-attempts": "Too many attempts.",
  "session-ended": "Your session has ended. Please sign in again.",
  "not-found": "This record does not exist in your clinic.",
  forbidden: "Your role does not allow this. Nothing was changed.",
  "invalid-request": "Some fields need another look. Nothing was changed.",
  "invalid-json": "The server could not read the request. Nothing was changed.",
  "too-large": "This is too large to send. Nothing was changed.",
  conflict: "Someone else changed this at the same time. Load it again and repeat your change.",
  "storage-full": "The server has no space left. Nothing was changed. Please tell your administrator.",
  "record-number-in-use":
    "A patient with this record number exists already. Open one of their episodes and choose “Another block”.",
  "baseline-locked": "The injection has been given, so the score before it is locked. Correct the record instead.",
  "not-given-yet": "The injection has not been confirmed yet. Confirm it first.",
  "email-in-use": "Somebody at this clinic already uses that e-mail address.",
  "last-admin": "A clinic needs an administrator who can sign in. Make somebody else one first.",
  "password-needed": "Choose your own password first.",
  "unknown-patient": "No patient has this record number.",
  "not-yours": "The patient wrote this score, so only the patient changes it.",
  "already-given": "Somebody else has confirmed the injection meanwhile.",
  cancelled: "This episode was cancelled. Nothing was stored.",
  "rev-id-reused": "This tap was used for something else before. Please tap again.",
  "other-file": "This is not the file the report was about. Nothing was stored. Look at it again.",
  "scores-hidden": "Scores stay hidden from the patient until the first hours are over.",
  "not-readable-yet": "There is nothing to read yet.",
  "unsupported-type": "The server does not take this kind of request. Nothing was changed.",
  "cross-site": "The server refused this request. Load the page again and repeat it. Nothing was changed.",
  internal: "The server had a problem. Nothing was changed. Please try again.",
  unavailable: "The server is busy. Nothing was changed. Please try again in a minute.",
  "internal-error": "The server had a problem. Nothing was changed. Please try again.",
  "http-401": "Your session has ended. Please sign in again.",
  "http-403": "Your role does not allow this. Nothing was changed.",
  "http-404": "This record does not exist in your clinic.",
  "http-409": "Someone else changed this at the same time. Load it again and repeat your change.",
  "http-422": "Some fields need another look. Nothing was changed.",
  "http-429": "Too many attempts.",
  "http-500": "The server had a problem. Nothing was changed. Please try again.",
  "http-502": "The server cannot be reached just now. Please try again in a minute.",
  "http-503": "The server is busy. Please try again in a minute.",
  "http-504": "The server took too long. Please try again in a minute.",
};

/** Keeps a figure and its unit, and the two ends of a range, on one line. */
export function tied(text: string): string {
  return text
    .replaceAll(/(\d) (%|h|min|days?|points?|mL|mg)(?![\w])/g, "$1\u00a0$2")
    .replaceAll(/(\d)\u2013(\d)/g, "$1\u2060\u2013\u2060$2");
}

/** The words for a code; a code without words is shown readably rather than hidden. */
export function wordsFor(table: Words, code: string | null | undefined): string {
  if (code === null || code === undefined || code === "") return "–";
  return Object.hasOwn(table, code) ? (table[code] ?? code) : code.replaceAll(/[_-]+/g, " ");
}

export function number(value: number): string {
  return String(Math.round(value * 10) / 10).replace("-", "\u2212");
}

/** "L5 left". */
export function root(row: Pick<EpisodeRow, "level" | "side">): string {
  return `${row.level} ${wordsFor(SIDES, row.side)}`;
}

/** "left leg", "both arms". */
export function indexPain(pain: IndexPain): string {
  const site = wordsFor(SITES, pain.site);
  if (pain.side !== "both") return `${pain.side} ${site}`;
  return pain.site === "trunk" ? "both sides of the trunk" : `both ${site}s`;
}

/** "63 d", or "\u2265 41 d" while relief was still there at the last entry: never more than was seen. */
export function headline(value: Headline | null): string {
  if (!value) return "–";
  if (!value.censored) return `${number(value.days)} d`;
  return `\u2265 ${number(Math.floor(value.days * 10 + 1e-6) / 10)} d`;
}

/** What cut a length short from outside; null where the pain itself, or nothing, ended it. */
export function endedBy(value: Headline | null): string | null {
  if (value?.ended_by === "repeat") return "until repeat injection";
  if (value?.ended_by === "surgery") return "until surgery";
  return value?.ended_by === "analgesic" ? "until more analgesic" : null;
}

/** The sentence for a failed call. */
export function errorSentence(error: { code: string; retryAfter?: number | null; message?: string }): string {
  const known = Object.hasOwn(ERRORS, error.code) ? ERRORS[error.code] : undefined;
  const sentence = known ?? (error.message && error.message !== error.code ? error.message : undefined);
  const wait = error.retryAfter ? ` Please wait ${waitText(error.retryAfter)} and try again.` : "";
  return (sentence ?? "Something went wrong. Please try again.") + wait;
}

function waitText(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

/** "bupivacaine 0.5 % 0.5 mL with adrenaline". */
export function anaestheticText(part: {
  drug: string;
  concentration_percent?: number | null;
  volume_ml?: number | null;
  adrenaline?: boolean | null;
}): string {
  const drug = part.drug === "unknown" ? "anaesthetic not known" : part.drug;
  const strength = part.concentration_percent ? ` ${part.concentration_percent} %` : "";
  const volume = part.volume_ml ? ` ${part.volume_ml} mL` : "";
  return `${drug}${strength}${volume}${part.adrenaline ? " with adrenaline" : ""}`;
}

/** All anaesthetics of one injection. */
export function anaesthetics(value: Anaesthetic | Anaesthetic[] | null | undefined): string {
  const parts = Array.isArray(value) ? value : value ? [value] : [];
  return parts.length ? parts.map(anaestheticText).join(" + ") : "not known";
}

/** The steroid line: given, none, or unknown, which read differently. */
export function steroidText(steroid: { drug: string; dose_mg?: number | null } | null | undefined): string {
  if (steroid === undefined) return "steroid not known";
  if (steroid === null) return "no steroid";
  const drug = steroid.drug === "unknown" ? "steroid, drug not known" : steroid.drug;
  return `${drug}${steroid.dose_mg ? ` ${steroid.dose_mg} mg` : ""}`;
}

const SLOTS: Words = {
  m: "+# min",
  h: "+# h",
  d: "day #",
  w: "week #",
  mo: "month #",
  again: "day #, daily again",
  pgic: "impression, day #",
};

/** A slot's key as the table shows it; "bedtime" speaks for itself. */
export function slotText(slot: string | null): string {
  if (!slot) return "–";
  const match = /^([a-z]+)(-?\d+)$/.exec(slot);
  const named = match && SLOTS[match[1] ?? ""];
  if (named) return named.replace("#", (match[2] ?? "").replace("-", "\u2212"));
  return slot === "pre" ? "before T0" : slot;
}

/** What a refused field needs; the server's own sentence where its code says no more than "invalid". */
export function fieldSentence(problem: { code: string; message?: string }): string {
  if (problem.code === "invalid" && problem.message) return problem.message;
  return Object.hasOwn(FIELD_CODES, problem.code)
    ? (FIELD_CODES[problem.code] ?? "")
    : (problem.message ?? FIELD_CODES["invalid"] ?? "");
}
