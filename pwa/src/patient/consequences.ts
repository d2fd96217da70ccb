/** What the app has to say or ask after something was saved. */
import { asksForFlags } from "../diary/asking.ts";
import { highest, type Finding } from "../diary/flags.ts";
import { trueTime } from "../diary/moment.ts";
import { findingsOf, placed } from "./flagged.ts";
import { ALARM_MS } from "./model.ts";
import type { SavedForm } from "./saving.ts";

export interface Consequences {
  /** Symptoms of the red-flag table that follow from what was saved. */
  flags: string[];
  /** What to do at once about the most urgent of them; null where none is of the last day. */
  advice: { finding: Finding; revId: string } | null;
  /** Whether the daily red-flag question is due. */
  ask: boolean;
}

export function consequences({ before, operations, at, asks }: SavedForm): Consequences {
  const { episode, entries, reports, clockError } = before;
  const now = at - clockError;
  const changed = new Set(operations.map(({ entry_id }) => entry_id));
  const earlier = placed(episode, entries.filter(({ entryId }) => !changed.has(entryId)));
  const found = operations.flatMap((operation) => {
    if (operation.op !== "put" || operation.kind !== "entry") return [];
    const { body, recorded, rev_id } = operation;
    const isNew = now - trueTime(Date.parse(body.taken_at), recorded.skew_ms) <= ALARM_MS;
    return findingsOf(episode, body, recorded, earlier).map((finding) => ({ finding, revId: rev_id, isNew }));
  });
  const current = found.filter(({ isNew }) => isNew);
  const level = highest(current.map(({ finding }) => finding.level));
  const worst = current.find(({ finding }) => finding.level === level);
  return {
    flags: [...new Set(found.map(({ finding }) => finding.code))],
    advice: worst ? { finding: worst.finding, revId: worst.revId } : null,
    ask: asks && asksForFlags(episode, reports, now),
  };
}
