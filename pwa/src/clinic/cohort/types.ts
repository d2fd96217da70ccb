/** What the clinic's readings say together, as the server answers. */

export const FACETS = ["region", "level", "approach", "agent", "steroid", "dose", "operator", "indication"] as const;
export type FacetName = (typeof FACETS)[number];
export type Line = "L50" | "L30" | "RTB";
export type TableName = "responders" | "survival" | "phases" | "side_effects" | "adherence" | "channels" | "what_if";

export interface CohortQuery {
  start: string | null;
  end: string | null;
  group_by: FacetName | null;
  line: Line;
  interventions: "end" | "censor";
  chosen: Partial<Record<FacetName, readonly string[]>>;
}

/** A cell of fewer than five, or one that would give such a cell away, says only that it is hidden. */
export interface Rate {
  hits: number | null;
  of: number | null;
  percent: number | null;
  low: number | null;
  high: number | null;
  hidden: boolean;
}

export interface Responder {
  complete_case: Rate;
  missing_as_failure: Rate;
  missing: number | null;
  not_due: number | null;
  not_evaluable: number | null;
}

export interface ShownGroup {
  name: string;
  hidden: false;
  readings: number;
  with_relief: number | null;
  without_relief: number | null;
  censored: number | null;
  median: { days: number | null; low: number | null; high: number | null };
  medians_at_ends: { low: number | null; high: number | null };
  responders: Record<string, Responder>;
  phases: Record<string, (Rate & { status: string })[]>;
}

export type Group = ShownGroup | { name: string; hidden: true };

export interface EffectRow {
  part: string;
  code: string;
  immediate: Rate;
  ever: Rate;
  published_percent: number | null;
}

/** Counts are null where fewer than five would tell of single people. */
export interface AdherenceRow {
  phase: string;
  diaries: number | null;
  due: number | null;
  late: number | null;
  back_filled: number | null;
  missing: number | null;
  on_time: Rate;
  filled: Rate;
  quartiles_percent: [number, number, number] | null;
}

export interface ChannelRow {
  channel: string;
  diaries: number | null;
  sent: number | null;
  seen: Rate;
  answered: Rate;
}

export interface WhatIfSet {
  criteria: string;
  positive: Rate;
  compared: number | null;
  lost: number | null;
  gained: number | null;
}

export interface CohortAnswer {
  criteria: string;
  change: number;
  today: string;
  performed: number;
  readings: number;
  matched: number | null;
  hidden_below: number | null;
  line: Line;
  group_by: FacetName | null;
  facets: Record<FacetName, { value: string; count: number | null }[]>;
  groups: Group[];
  tests: { low: number | null; middle: number | null; high: number | null } | null;
  side_effects: EffectRow[];
  published?: { source: string; injections: number };
  adherence: AdherenceRow[];
  what_if: { unread: number; sets: WhatIfSet[] } | null;
}
