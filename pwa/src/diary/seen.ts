/** What the clinic has looked at: a report of symptoms by answering its alert, everything else by signing the reading. */
import type { Item } from "./head.ts";
import type { Episode } from "./record.ts";

/** When the clinic acknowledged a report of symptoms, in ms; null while there is no word of that. */
export function acknowledgedAt({ acknowledged }: Episode, entryId: string): number | null {
  const at = acknowledged?.[entryId];
  return at === undefined ? null : Date.parse(at);
}

/** Whether somebody at the clinic has seen an item as it is now. */
export function isSeen(episode: Episode, { entryId, head }: Pick<Item<unknown>, "entryId" | "head">): boolean {
  const read = head.seq !== undefined && head.seq <= (episode.seen_seq ?? -1);
  return read || acknowledgedAt(episode, entryId) !== null;
}
