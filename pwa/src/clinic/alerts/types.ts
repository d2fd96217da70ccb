/** The JSON shapes of the alert queue. */
import type { Alert, AlertLevel, EpisodeStatus, Patient, Region, Role, Side } from "../types";

export interface AlertEvent {
  number: number;
  at: string;
  kind: string;
  /** `clinician`, `device` or `system`. */
  by: string;
  name: string | null;
  detail: Record<string, unknown>;
}

export interface AlertEpisode {
  episode_id: string;
  patient: Patient;
  region: Region;
  level: string;
  side: Side;
  status: EpisodeStatus;
  performed_at: string | null;
  zone: string;
}

export interface QueuedAlert extends Alert {
  episode: AlertEpisode;
}

export interface OneAlert extends QueuedAlert {
  history: AlertEvent[];
}

export interface Owner {
  clinician_id: string;
  name: string;
  role: Role;
}

export type QueueState = "open" | "closed";

export interface AlertQueue {
  alerts: QueuedAlert[];
  total: number;
  /** How many wait for somebody, and how many of them are past due. */
  counts: Record<AlertLevel | "late", number>;
  /** How many people are told of an unanswered alert. */
  contacts: Record<"E" | "S", number>;
  owners: Owner[];
}

export interface AlertLoad {
  days: number;
  entries: number;
  alerts: number;
  per_100_entries: number | null;
  by_level: Record<AlertLevel, number>;
  answered: number;
  answered_in_time: number;
  late: number;
  median_answer_seconds: number | null;
}
