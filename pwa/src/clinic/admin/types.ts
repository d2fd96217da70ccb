/** What the administration of a clinic exchanges with the server. */
import type { Role } from "../types";

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
