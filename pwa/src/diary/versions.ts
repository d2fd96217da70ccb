/** All versions of the diary's entries, the deleted ones too, for a patient who asks what became of one. */
import { headOf } from "./head.ts";
import type { EntryBody, Revision } from "./record.ts";

export interface Version {
  revId: string;
  /** Null: with this version the entry was deleted. */
  body: EntryBody | null;
  /** When it was made, by the clock of its phone. */
  madeAt: string;
  by: Revision["by"];
}

/** By entry id, the oldest version first; entries with one version only are left out. */
export function versionsOf(revisions: readonly Revision[]): Map<string, Version[]> {
  const byEntry = new Map<string, Revision[]>();
  for (const revision of revisions) {
    if (revision.kind !== "entry") continue;
    byEntry.set(revision.entry_id, [...(byEntry.get(revision.entry_id) ?? []), revision]);
  }
  return new Map([...byEntry].filter(([, all]) => all.length > 1).map(([id, all]) => [id, inOrder(all).map(asVersion)]));
}

/** Entries that were deleted, with what they last said. */
export function deletedEntries(versions: ReadonlyMap<string, readonly Version[]>): { entryId: string; body: EntryBody; at: string }[] {
  return [...versions].flatMap(([entryId, all]) => {
    const gone = all.find(({ body }) => body === null);
    const body = all.findLast((version) => version.body !== null)?.body;
    return gone && body ? [{ entryId, body, at: gone.madeAt }] : [];
  });
}

/** From the first version to the one that counts; versions made apart from that line stand before it. */
function inOrder(revisions: Revision[]): Revision[] {
  const known = new Map(revisions.map((revision) => [revision.rev_id, revision]));
  const line: Revision[] = [];
  let at: Revision | undefined = revisions.find(({ op }) => op === "tombstone") ?? headOf(revisions);
  while (at && !line.includes(at)) {
    line.unshift(at);
    at = at.parent_rev === null ? undefined : known.get(at.parent_rev);
  }
  return [...revisions.filter((revision) => !line.includes(revision)), ...line];
}

function asVersion(revision: Revision): Version {
  const body = revision.op === "put" && revision.kind === "entry" ? revision.body : null;
  return { revId: revision.rev_id, body, madeAt: revision.recorded.local, by: revision.by };
}
