/** What the administration of a clinic exchanges with the server. */
import type { Anaesthetic, Device, Patient, Role, Steroid } from "../types";

export interface Colleague {
  clinician_id: string;
  name: string;
  email: string;
  role: Role;
  created_at: string;
  disabled_at: string | null;
  /** Signs in by a one-time password that is good until then. */
  one_time_until: string | null;
  last_seen_at: string | null;
}

export interface OneTime {
  clinician_id: string;
  password: string;
  good_until: string;
}

export interface AuditRow {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  actor: string | null;
  action: string;
  target_kind: string;
  target_id: string | null;
  detail: Record<string, unknown>;
}

export interface AuditPage {
  rows: AuditRow[];
  next: string | null;
  actions: string[];
  people: { clinician_id: string; name: string }[];
}

export interface AuditFilter {
  actor_id: string | null;
  record_number: string | null;
  action: string | null;
  since: string | null;
  until: string | null;
}

export interface CriteriaSet {
  criteria: string;
  positive_line: number;
  strong_line: number;
  source: string;
}

export interface CriteriaChoice {
  in_force: string;
  since: string | null;
  by: string | null;
  /** Readings that are still to be made by what is in force. */
  waiting: number;
  sets: CriteriaSet[];
}

export interface CriteriaChange {
  category: string;
  before: string;
  after: string;
  episodes: number;
}

export interface ComparisonStep {
  criteria: string;
  compared_with: string;
  read: number;
  changed: number;
  failed: number;
  changes: CriteriaChange[];
  next: string | null;
}

export interface ReachedPatient {
  patient: Patient;
  episode_id: string | null;
  language: string | null;
  channels: string[];
  refused: string[];
  invitations: { enrolment_id: string; kind: "qr" | "link"; expires_at: string }[];
  devices: Device[];
}

export interface PhonePage {
  patients: ReachedPatient[];
  total: number;
}

export interface ProtocolOptions {
  offer_45: boolean;
  evenings_before: boolean;
  impressions: boolean;
  remind_until_day: number;
  drugs?: ProtocolDrugs | null;
}

/** What is usually given: offered to fill a form in. */
export interface ProtocolDrugs {
  anaesthetic: Anaesthetic[];
  steroid?: Steroid | null;
}

export interface Protocol {
  template: string;
  version: number;
  options: ProtocolOptions;
}
