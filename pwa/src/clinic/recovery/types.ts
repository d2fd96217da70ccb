/** What the recovery room shows and sends. */
import type { Complication, DeviceState, EpisodeStatus, IndexPain, Patient, Region, Side } from "../types";

export type Mark = "pre" | "m15" | "m30";

export interface Score {
  /** null: the patient skipped it. */
  pain: number | null;
  taken_at: string | null;
  source: "phone" | "staff" | "import" | "record";
  entry_id: string | null;
  rev_id: string | null;
}

export interface RecoveryRow {
  episode_id: string;
  patient: Patient;
  status: EpisodeStatus;
  performed_at: string | null;
  region: Region;
  level: string;
  side: Side;
  index_pain: IndexPain;
  complications: Complication[] | null;
  device: DeviceState;
  revision: number;
  scores: Record<Mark, Score | null>;
}

export interface RecoveryDay {
  day: string;
  zone: string;
  server_time: string;
  episodes: RecoveryRow[];
}

/** What goes with every tap when it is sent. */
export interface Sent {
  waited_ms: number;
  /** A colleague tapped it, whose session ended before it was saved. */
  taken_over?: boolean;
}

export interface ScoreForm {
  rev_id: string;
  entry_id: string;
  parent_rev: string | null;
  mark: Mark;
  pain: number;
  at_mark: boolean;
}

export interface InjectionForm {
  change_id: string;
  performed_at: string | null;
}

export interface ComplicationForm {
  change_id: string;
  code: string | null;
  present: boolean;
}
