/** The JSON shapes the clinic's screens exchange with /api/v1, in the words of the glossary. */
import type { AlertEvent } from "./alerts/types";
import type { SignState } from "./sign/types";
import type { Group } from "./worklist/view";

export type Role = "physician" | "nurse" | "admin" | "auditor";
export type Region = "cervical" | "thoracic" | "lumbar" | "sacral";
export type Side = "left" | "right" | "bilateral";
export type PainSide = "left" | "right" | "both";
export type PainSite = "arm" | "leg" | "trunk";
export type EpisodeStatus = "planned" | "performed" | "closed" | "cancelled";
export type AlertLevel = "E" | "S" | "N";
export type DeviceState = "none" | "invited" | "enrolled";
export type Scale = "now" | "average_24h" | "worst_24h";
export type Grade =
  | "on_time"
  | "late"
  | "back_filled"
  | "extra"
  | "skipped"
  | "clock_suspect"
  | "before";
export type AnswerKey = "anaesthetic" | "flare" | "steroid" | "duration";

export interface Clinician {
  clinician_id: string;
  clinic_id: string;
  name: string;
  email: string;
  role: Role;
  /** Signed in by a one-time password: nothing opens before an own one is chosen. */
  one_time?: boolean;
}

export interface ClinicSettings {
  name: string;
  phone: string;
  emergency_number: string;
  zone: string;
}

export interface LanguageTexts {
  language: string;
  version: string;
  texts: { key: string; text: string }[];
  acceptance: { by: string; at: string } | null;
  /** The clinic's own words in this language, as they are in force. */
  leaflet: { version: number; text: string; acceptance: { by: string; at: string } | null } | null;
}

/** What patients read in danger, and what a physician accepts with it. */
export interface SafetyTexts {
  criteria: string;
  emergency_number: string;
  required: boolean;
  languages: LanguageTexts[];
}

export interface Session {
  clinician: Clinician;
  clinic: ClinicSettings;
}

export interface Patient {
  patient_id: string;
  name: string;
  record_number: string;
  born_on?: string | null;
}

export interface IndexPain {
  site: PainSite;
  side: PainSide;
}

export interface Anaesthetic {
  drug: string;
  concentration_percent?: number | null;
  volume_ml?: number | null;
  adrenaline?: boolean | null;
}

export interface Steroid {
  drug: string;
  dose_mg?: number | null;
}

export interface Procedure {
  performed_at?: string | null;
  region: Region;
  level: string;
  side: Side;
  /** Roots injected in the same session; the reading is about `level`. */
  further_levels?: string[] | null;
  indication?: string | null;
  guidance?: string | null;
  contrast_spread?: string[] | null;
  anaesthetic?: Anaesthetic | Anaesthetic[] | null;
  /** null: none was given; absent: not known. The two read differently. */
  steroid?: Steroid | null;
  sedation?: boolean | null;
  concordant_pain_provoked?: boolean | null;
  provocable_before?: boolean | null;
}

/** What the patient brings along; an absent key is not recorded. */
export interface Risks {
  anticoagulant?: string | null;
  anticoagulant_drug?: string | null;
  diabetes?: string | null;
  allergic?: boolean | null;
  allergies?: string | null;
}

export interface Complication {
  code: string;
  at?: string | null;
  note?: string | null;
}

export interface Questionnaire {
  instrument: string;
  on: string;
  percent: number;
}

/** Parts of the record no reading depends on. */
export interface BesideRecord {
  risks: Risks | null;
  /** Empty: there were none; null: not recorded. */
  complications: Complication[] | null;
  questionnaires: Questionnaire[] | null;
}

export interface UsualAnalgesic {
  drug: string;
  mg_per_day: number;
}

export interface Baseline {
  pain: number | null;
  recorded_at?: string | null;
  daily?: { date: string; average: number }[] | null;
  usual_analgesics?: UsualAnalgesic[] | null;
}

export interface Headline {
  name: "L50" | "L30";
  days: number;
  censored: boolean;
  ended_by?: string | null;
}

export interface EpisodeRow {
  episode_id: string;
  patient: Patient;
  status: EpisodeStatus;
  group: Group;
  sign_state: SignState;
  follow_up_at: string | null;
  performed_at: string | null;
  zone: string;
  region: Region;
  level: string;
  side: Side;
  index_pain: IndexPain;
  verdict: string | null;
  flare: string | null;
  steroid: string | null;
  shape: string | null;
  confidence: string | null;
  headline: Headline | null;
  onset_day: number | null;
  last_entry_at: string | null;
  entries: number;
  open_alerts: number;
  highest_alert: AlertLevel | null;
  /** The gravest red flag that was seen already; absent from servers that do not tell it. */
  highest_seen_alert?: AlertLevel | null;
  device: DeviceState;
  /** Ways the patient wants to be reminded and that reach them no more; absent from servers that do not tell it. */
  unreached?: ("push" | "email" | "sms")[];
  quarantined: number;
}

export interface EpisodePage {
  episodes: EpisodeRow[];
  total: number;
  /** How many of those that fit stand in each group. */
  counts: Record<string, number>;
  /** Changes whenever the list does. */
  pulse: string;
}

export interface Device {
  device_id: string;
  name: string;
  enrolled_at: string;
  last_seen_at: string | null;
  revoked_at: string | null;
  /** Whether reminders reach it as notifications: "dead" when its push service turned them down. */
  push: "none" | "on" | "dead";
}

export interface Alert {
  alert_id: string;
  /** The entry or report that raised it first. */
  entry_id: string;
  kind: string;
  title: string;
  /** How many reports this one work item stands for. */
  reports: number;
  level: AlertLevel;
  opened_at: string;
  due_at: string | null;
  acknowledged_at: string | null;
  acknowledged_by: string | null;
  owner_id: string | null;
  owner: string | null;
  outcome: string | null;
  closed_at: string | null;
  closed_by: string | null;
  /** How often somebody outside the queue was told, since it last waited. */
  steps: number;
  escalate_at: string | null;
  recheck_at: string | null;
  /** On the episode's page, everything that happened to it. */
  history?: AlertEvent[];
}

export interface EpisodeRevision {
  revision: number;
  at: string;
  by: string;
  reason: string | null;
  changed: string[];
  changes: FieldChange[];
}

/** One field of the record (its dotted name) that a version changed; null stands for absent. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Another block of the same patient. */
export interface OtherEpisode {
  episode_id: string;
  region: Region;
  level: string;
  side: Side;
  status: EpisodeStatus;
  performed_at: string | null;
  shape: string | null;
}

/** An invitation that a phone could still redeem; its link and code are shown once only. */
export interface OpenInvitation {
  kind: "qr" | "link";
  expires_at: string;
}

export interface EpisodeEvent {
  at: string;
  kind: string;
}

export interface EpisodeDetail extends EpisodeRow, BesideRecord {
  procedure: Procedure;
  baseline: Baseline;
  planned_on: string | null;
  operator: string | null;
  approach: string | null;
  events: EpisodeEvent[];
  protocol: string;
  options: Record<string, unknown>;
  /** The version this is; a correction names the one it was made on. */
  revision: number;
  other_episodes: OtherEpisode[];
  invitation: OpenInvitation | null;
  devices: Device[];
  alerts: Alert[];
  revisions: EpisodeRevision[];
}

export interface Reason {
  code: string;
  params?: Record<string, unknown>;
  text: string;
}

export interface Counts {
  expected: number;
  on_time: number;
  late: number;
  back_filled: number;
  missing: number;
  skipped: number;
  extra: number;
  flags: string[];
}

/** The parts of a reading the page shows by itself; everything else arrives as sentences. */
export interface Reading {
  criteria: string;
  as_of: string;
  next_read_at: string | null;
  baseline: { pre: number | null; days: number | null; flags: string[] };
  shape: string;
  confidence: { grade: string; reasons: Reason[] };
  data: Counts;
}

export interface Answer {
  key: AnswerKey;
  title: string;
  sentence: string;
  reasons: string[];
  evidence: string[];
}

/** One number of a reading, opened. */
export interface Figure {
  key: string;
  answer: AnswerKey | "data" | "confidence";
  label: string;
  value: string | null;
  rule: string;
  source: string;
  entries: string[];
  counted: Counted[];
  /** Whose threshold decides it, if one does. */
  criteria: string | null;
}

/** What a number counts that is no entry of its page, and where it can be seen. */
export interface Counted {
  text: string;
  episode_id: string | null;
  entry_id: string | null;
}

/** One threshold in words, and the paper or choice behind it. */
export interface Threshold {
  text: string;
  source: string;
}

/** The verdict this diary would have under another line. */
export interface TriedLine {
  criteria: string;
  line: number;
  verdict: string;
  source: string;
}

export interface ReadingPage {
  reading: Reading;
  read_at: string;
  /** Read under another line than the clinic's, and not stored. */
  what_if: boolean;
  figures: Figure[];
  /** The thresholds behind each answer and the grade of confidence. */
  basis: Readonly<Record<string, Threshold[]>>;
  lines: TriedLine[];
  answers: Answer[];
  shape_sentence: string;
  confidence_sentence: string;
  caution: string;
}

export interface SideEffect {
  code: string;
  severity?: string | null;
}

export interface AnalgesicIntake {
  drug: string;
  dose_mg?: number | null;
  taken_at?: string | null;
}

/** One described moment of a diary, or one set of answers to the red-flag questions. */
export interface EntryBody {
  taken_at?: string;
  recorded_at?: string;
  scale?: Scale;
  pain?: number | null;
  axial?: number | null;
  side_effects?: SideEffect[] | null;
  analgesics?: AnalgesicIntake[] | null;
  activity?: string | null;
  stated_relief_percent?: number | null;
  numb?: boolean | null;
  weak?: boolean | null;
  checkin_id?: string | null;
  skipped?: string | null;
  note?: string | null;
  reports?: { code: string }[];
  shown_level?: string;
  /** 1 very much improved to 7 very much worse. */
  change?: number;
  glucose?: { value: number; unit: string } | null;
  /** Somebody helped the patient to write it. */
  proxy?: boolean | null;
}

export interface Revision {
  rev_id: string;
  parent_rev: string | null;
  op: "put" | "tombstone";
  body: EntryBody | null;
  recorded: Record<string, unknown> | null;
  received_at: string;
  by: string;
  status: string;
}

export interface Entry {
  entry_id: string;
  kind: "entry" | "flag_report" | "impression";
  deleted: boolean;
  grade: Grade | null;
  slot: string | null;
  edited: boolean;
  flags: string[];
  head: {
    rev_id: string;
    body: EntryBody | null;
    recorded: Record<string, unknown> | null;
    received_at: string;
    by: string;
  };
  revisions: Revision[];
}

export interface Quarantined {
  quarantine_id: string;
  received_at: string;
  code: string;
  /** JSON pointer to what could not be read. */
  where?: string;
  raw: string;
}

export interface EntryPage {
  entries: Entry[];
  quarantine: Quarantined[];
}

export interface Enrolment {
  link: string;
  qr_svg: string;
  code: string;
  expires_at: string;
  enrolment_id: string;
}

export interface EpisodeDraftBody extends BesideRecord {
  status: EpisodeStatus;
  zone?: string;
  planned_on?: string;
  operator?: string;
  approach?: string;
  protocol?: string;
  index_pain?: IndexPain;
  procedure: Procedure;
  baseline: Baseline;
}

export interface EnrolBody {
  patient_id?: string;
  patient?: { name: string; record_number: string; born_on?: string };
  episode: EpisodeDraftBody;
}

/** A new version of the whole record: what is left out of it is gone from it. */
export interface CorrectionBody extends BesideRecord {
  status: EpisodeStatus;
  zone: string;
  planned_on: string | null;
  operator: string | null;
  approach: string | null;
  index_pain: IndexPain;
  procedure: Procedure;
  baseline: Baseline;
  events: EpisodeEvent[];
  reason: string;
  /** The version the form was opened on. */
  revision: number;
}
