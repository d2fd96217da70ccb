/** Folds revisions into entries. The same rule as the server's: the longest chain is the head, then the larger id. */
import type { EntryBody, FlagReportBody, ImpressionBody, Revision } from "./record.ts";

export interface Item<Body> {
  entryId: string;
  head: Revision;
  body: Body;
  edited: boolean;
}

export type Entry = Item<EntryBody>;
export type FlagReport = Item<FlagReportBody>;
export type Impression = Item<ImpressionBody>;

export interface Folded {
  /** By the moment they describe, oldest first; deleted ones left out. */
  entries: Entry[];
  reports: FlagReport[];
  impressions: Impression[];
}

export function fold(revisions: readonly Revision[]): Folded {
  const folded: Folded = { entries: [], reports: [], impressions: [] };
  for (const [entryId, versions] of byEntry(revisions)) {
    // A deletion holds even when a later edit arrives from elsewhere: the server keeps such an edit in history only.
    if (versions.some((revision) => revision.op === "tombstone")) continue;
    const head = headOf(versions);
    if (head.op !== "put") continue;
    const item = { entryId, head, edited: head.parent_rev !== null };
    if (head.kind === "entry") folded.entries.push({ ...item, body: head.body });
    else if (head.kind === "flag_report") folded.reports.push({ ...item, body: head.body });
    else if (head.kind === "impression") folded.impressions.push({ ...item, body: head.body });
    // What a later version of the app may keep beside these is left alone.
  }
  return { ...folded, entries: inTime(folded.entries), reports: inTime(folded.reports) };
}

/** The version that counts of one entry's versions. */
export function headOf(versions: readonly Revision[]): Revision {
  // Nearly all entries of a long diary.
  if (versions.length === 1) return versions[0]!;
  const known = new Map(versions.map((revision) => [revision.rev_id, revision]));
  const ranked = versions.map((revision) => ({ revision, depth: depth(revision, known) }));
  ranked.sort((a, b) => b.depth - a.depth || (a.revision.rev_id < b.revision.rev_id ? 1 : -1));
  const first = ranked[0];
  if (!first) throw new RangeError("an entry has at least one revision");
  return first.revision;
}

function depth(revision: Revision, known: ReadonlyMap<string, Revision>): number {
  const seen = new Set<string>();
  let at: Revision | undefined = revision;
  while (at && !seen.has(at.rev_id)) {
    seen.add(at.rev_id);
    at = at.parent_rev === null ? undefined : known.get(at.parent_rev);
  }
  return seen.size;
}

function byEntry(revisions: readonly Revision[]): Map<string, Revision[]> {
  const groups = new Map<string, Revision[]>();
  for (const revision of revisions) {
    const group = groups.get(revision.entry_id);
    if (group) group.push(revision);
    else groups.set(revision.entry_id, [revision]);
  }
  return groups;
}

/** Each moment is read once: a sort that reads them as it compares takes ten times as long. */
function inTime<One extends Item<{ taken_at: string }>>(items: readonly One[]): One[] {
  return items
    .map((item) => ({ item, at: Date.parse(item.body.taken_at) }))
    .sort((a, b) => a.at - b.at || (a.item.entryId < b.item.entryId ? -1 : 1))
    .map(({ item }) => item);
}
