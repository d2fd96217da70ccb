/** The staff inbox as the server tells it. */
import type { EntryBody, Patient } from "../types";

export type InboxKind = "quarantined" | "rejected" | "conflict";

export interface InboxItem {
  item_id: string;
  kind: InboxKind;
  received_at: string | null;
  code: string;
  where: string;
  patient: Patient;
  episode_id: string | null;
  root: string | null;
  zone: string | null;
}

export interface InboxRecord extends InboxItem {
  received_at: string;
  raw: string;
  /** The patient's episodes it may belong to. */
  episodes: string[];
}

export interface CompetingVersion {
  rev_id: string;
  body: EntryBody | null;
  op: "put" | "tombstone";
  received_at: string;
  by: string;
  counts: boolean;
}

export interface InboxConflict extends InboxItem {
  versions: CompetingVersion[];
}

export interface InboxDecision {
  outcome: "corrected" | "dismissed";
  reason: string;
  body?: Record<string, unknown>;
  episode_id?: string | null;
  /** What the record is, where it does not say so itself. */
  kind?: string;
}
