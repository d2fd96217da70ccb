/** What a check-in asks, and the name of the pain it asks about. */
import type { Episode, Scale } from "./record.ts";
import type { Kind } from "./schedule.ts";

export interface Ask {
  readonly scale: Scale | "pgic";
  /** The check-in is complete without it. */
  readonly optional: boolean;
}

const NOW: readonly Ask[] = [{ scale: "now", optional: false }];
const EVENING: readonly Ask[] = [
  { scale: "average_24h", optional: false },
  { scale: "worst_24h", optional: true },
  { scale: "now", optional: true },
];
const IMPRESSION: readonly Ask[] = [{ scale: "pgic", optional: false }];

const ASKS: Readonly<Record<Kind, readonly Ask[]>> = {
  pre: NOW,
  early: NOW,
  hour: NOW,
  bedtime: NOW,
  day: EVENING,
  week: EVENING,
  month: EVENING,
  again: EVENING,
  pgic: IMPRESSION,
};

/** The questions of a check-in in their order; several answers of one check-in share its `checkin_id`. */
export function asksOf(kind: Kind): readonly Ask[] {
  return ASKS[kind];
}

export type IndexPain = Episode["index_pain"];
export type IndexPainName = `${IndexPain["side"]}_${IndexPain["site"]}`;

/** Code of the pain asked about, "left_leg"; its words live with the other texts. */
export function indexPainName({ site, side }: IndexPain): IndexPainName {
  return `${side}_${site}`;
}
