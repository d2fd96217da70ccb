/** The history of one entry: every version, who wrote it, what it changed. */
import { dateTime } from "../time";
import type { Entry, Revision } from "../types";
import { REVISION_STATUSES, wordsFor } from "../words";
import { changesBetween } from "./entryText";
import { COLUMN_COUNT } from "./rows";

export function RevisionRows({ entry, zone }: { entry: Entry; zone: string }) {
  const byId = new Map(entry.revisions.map((revision) => [revision.rev_id, revision]));
  return (
    <tr role="row" class="revisions">
      <td role="cell" colSpan={COLUMN_COUNT}>
        <ol>
          {entry.revisions.map((revision, i) => (
            <li key={revision.rev_id}>
              <span class="rev-when">{dateTime(revision.received_at, zone)}</span>
              <span class="rev-by">{revision.by}</span>
              <span>{i === 0 ? first(revision) : changesBetween(parentOf(revision, byId), contentOf(revision))}</span>
              {revision.status !== "stored" && <span class="second">{wordsFor(REVISION_STATUSES, revision.status)}</span>}
              {revision.rev_id === entry.head.rev_id && <span class="second">shown</span>}
            </li>
          ))}
        </ol>
      </td>
    </tr>
  );
}

function contentOf(revision: Revision) {
  return revision.op === "tombstone" ? null : revision.body;
}

function parentOf(revision: Revision, byId: ReadonlyMap<string, Revision>) {
  return (revision.parent_rev && byId.get(revision.parent_rev)?.body) || null;
}

function first(revision: Revision): string {
  return `first recorded, ${changesBetween(null, contentOf(revision))}`;
}
