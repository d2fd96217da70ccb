/** Adding up the steps of a comparison. */
import type { ComparisonStep, CriteriaChange } from "./types";

export interface Comparison {
  criteria: string;
  read: number;
  changed: number;
  failed: number;
  changes: CriteriaChange[];
  done: boolean;
}

export function nothingYet(criteria: string): Comparison {
  return { criteria, read: 0, changed: 0, failed: 0, changes: [], done: false };
}

/** The most frequent changes first, within the order the server tells categories in. */
export function plus(sum: Comparison, step: ComparisonStep): Comparison {
  const changes = sum.changes.map((one) => ({ ...one }));
  for (const change of step.changes) {
    const same = changes.find((one) => one.category === change.category && one.before === change.before && one.after === change.after);
    if (same) same.episodes += change.episodes;
    else changes.push({ ...change });
  }
  changes.sort((a, b) => b.episodes - a.episodes);
  return {
    criteria: sum.criteria,
    read: sum.read + step.read,
    changed: sum.changed + step.changed,
    failed: sum.failed + step.failed,
    changes,
    done: step.next === null,
  };
}
