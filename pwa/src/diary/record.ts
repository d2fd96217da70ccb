/** The shapes of a diary as the phone and the server exchange them. */

export type Scale = "now" | "average_24h" | "worst_24h";
export type Severity = "mild" | "moderate" | "severe";
export type Level = "E" | "S" | "N" | "C";
export type Skip = "asleep" | "nothing_to_report" | "other";

export interface EntryBody {
  /** RFC 3339 with offset: the moment the score describes. */
  taken_at: string;
  /** RFC 3339 with offset: when the patient wrote it down. */
  recorded_at: string;
  scale: Scale;
  /** 0-10; null exactly when `skipped` is given. */
  pain: number | null;
  axial?: number;
  side_effects?: { code: string; severity: Severity }[];
  analgesics?: { drug: string; dose_mg?: number; taken_at?: string }[];
  activity?: "rest" | "usual" | "provoking";
  stated_relief_percent?: number;
  numb?: boolean;
  weak?: boolean;
  checkin_id?: string;
  skipped?: Skip;
  note?: string;
  glucose?: Glucose;
  /** Somebody else wrote it down for the patient. */
  proxy?: true;
}

export interface Glucose {
  value: number;
  unit: "mg/dL" | "mmol/L";
}

/** One answered row of the red-flag table: its code and the answers of that row. */
export type SymptomReport = { code: string } & Record<string, unknown>;

export interface FlagReportBody {
  taken_at: string;
  recorded_at: string;
  reports: SymptomReport[];
  shown_level: Level;
  /** Somebody else reported it for the patient. */
  proxy?: true;
  /** Symptoms of earlier reports that the patient says have gone; the answer to a recheck. */
  gone?: string[];
}

export interface ImpressionBody {
  taken_at: string;
  recorded_at: string;
  /** 1 very much improved ... 4 no change ... 7 very much worse. */
  change: number;
  /** Key of the day it was asked for. */
  slot: string;
  /** Somebody else tapped it for the patient. */
  proxy?: true;
}

export interface FlagEventBody {
  taken_at: string;
  event: "shown" | "called";
  /** The diary item that raised the flag. */
  about: string;
  /** As it was shown; absent where only a look was asked for. */
  level?: Level;
  whom?: "emergency" | "clinic";
}

/** The phone's clock at the moment of recording, kept as it was. */
export interface Recorded {
  /** The diary day, YYYY-MM-DD in the phone's zone. */
  day: string;
  /** Wall clock without offset. */
  local: string;
  offset_min: number;
  zone: string;
  /** From opening the form to saving it. */
  elapsed_ms: number | null;
  /** Phone clock minus server clock at the last exchange. */
  skew_ms: number | null;
}

export type Kind = "entry" | "flag_report" | "impression" | "flag_event";

interface OperationBase {
  rev_id: string;
  entry_id: string;
  episode_id: string;
  parent_rev: string | null;
  schema: 1;
  recorded: Recorded;
}

export type Operation = OperationBase &
  (
    | { op: "put"; kind: "entry"; body: EntryBody }
    | { op: "put"; kind: "flag_report"; body: FlagReportBody }
    | { op: "put"; kind: "impression"; body: ImpressionBody }
    | { op: "put"; kind: "flag_event"; body: FlagEventBody }
    | { op: "tombstone"; kind: Kind; body: null }
  );

export interface Told {
  level: Level;
  /** RFC 3339: when the server opened the clinic's alert. */
  told_at: string;
}

/** `received`: the server has it. `checking`: it has it, staff will look. `refused`: it will not take it as it is. */
export type RevisionState = "waiting" | "received" | "checking" | "refused";

/** One immutable version of one diary item, with what the server said about it. */
export type Revision = Operation & {
  by: "patient" | "staff";
  state: RevisionState;
  received_at: string | null;
  problem: string | null;
  told: Told | null;
  /** The clinic's change number of it; absent until the server has said so. */
  seq?: number;
};

export interface Episode {
  episode_id: string;
  status: "planned" | "performed" | "closed" | "cancelled";
  region: string;
  level: string;
  side: string;
  index_pain: { site: "arm" | "leg" | "trunk"; side: "left" | "right" | "both" };
  zone: string;
  performed_at: string | null;
  /** The day it is planned for, YYYY-MM-DD in `zone`; absent from a server of an earlier version. */
  planned_on?: string | null;
  window_minutes: number;
  baseline: { pain: number | null; locked: boolean; average: number | null };
  /** Null or absent where the clinic has not recorded it. */
  diabetic?: boolean | null;
  /** The patient's own; absent from a server of an earlier version. */
  painkillers?: { drug: string; mg_per_day: number }[];
  protocol: string;
  /** Which optional check-ins the clinic's protocol offers; absent from a server of an earlier version: all. */
  options?: { offer_45: boolean; evenings_before: boolean; impressions: boolean };
  ended_at: string | null;
  /** A physician has read the diary up to this change number; absent from a server of an earlier version. */
  seen_seq?: number | null;
  /** When the clinic acknowledged a report of symptoms, by its entry; absent from a server of an earlier version. */
  acknowledged?: Record<string, string>;
}

export interface Diary {
  device_id: string;
  patient_ref: string;
  clinic: {
    name: string;
    phone: string | null;
    emergency_number: string | null;
    zone: string;
    /** Versions of the safety texts a physician has accepted, by language; absent in what an older server sent. */
    accepted_texts?: Record<string, string[]>;
  };
  epoch: string;
  episodes: Episode[];
}
