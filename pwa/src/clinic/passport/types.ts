/** All blocks of one patient, as the server compares them. */
import type { SignState } from "../sign/types";
import type { Figure } from "../types";

export interface PassportBlock {
  episode_id: string;
  root: string;
  on: string;
  anaesthetic: string;
  steroid: string | null;
  verdict: string;
  confirmed_relief_percent: number | null;
  steroid_status: string;
  headline: string | null;
  days: number | null;
  censored: boolean | null;
  shape: string;
  grade: string;
  sign_state: SignState;
  /** The newest signature's conclusion as a sentence; null while nobody has signed. */
  conclusion: string | null;
  note: string | null;
  /** Read by whom, when, on which version; or that nobody has. */
  signed: string;
  /** Behind the anaesthetic phase, the steroid, the length and the grade, in this order. */
  figures: Figure[];
}

export interface GridRow {
  root: string | null;
  standing: string;
  grade: string | null;
  sentence: string;
  source: string | null;
  caveats: string[];
  episode_ids: string[];
  figure: Figure;
}

export type EvidenceState = "met" | "not_met" | "unknown" | "not_applicable";

export interface RepeatRule {
  episode_id: string;
  /** Which block a repeat would be of. */
  about: string;
  rule: string;
  source: string;
  status: "there" | "not_there" | "open" | "not_applicable";
  items: { kind: string; state: EvidenceState; sentence: string; source: string | null; figure: Figure }[];
}

export interface Passport {
  name: string;
  record_number: string;
  today: string;
  caution: string;
  unread: number;
  /** How many of the blocks are signed. */
  status: string;
  blocks: PassportBlock[];
  grid: GridRow[];
  discordances: { episode_ids: string[]; sentence: string }[];
  pairs: { episode_ids: string[]; category: string; reasons: string[]; figure: Figure }[];
  sessions: { region: string | null; in_12_months: number; most_in_12_months: number; dates: string[]; figures: Figure[] }[];
  repeat: RepeatRule[];
}
