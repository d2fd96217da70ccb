/** All blocks of one patient, as the server compares them. */

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
}

export interface GridRow {
  root: string | null;
  standing: string;
  grade: string | null;
  sentence: string;
  source: string | null;
  caveats: string[];
  episode_ids: string[];
}

export interface RepeatRule {
  episode_id: string;
  rule: string;
  source: string;
  status: "there" | "not_there" | "open";
  items: { kind: string; state: "met" | "not_met" | "unknown"; sentence: string; source: string | null }[];
}

export interface Passport {
  name: string;
  record_number: string;
  today: string;
  caution: string;
  unread: number;
  blocks: PassportBlock[];
  grid: GridRow[];
  discordances: { episode_ids: string[]; sentence: string }[];
  pairs: { episode_ids: string[]; category: string; reasons: string[] }[];
  sessions: { region: string | null; in_12_months: number; most_in_12_months: number; dates: string[] }[];
  repeat: RepeatRule[];
}
