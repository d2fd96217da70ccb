/** Entries by their moments, each leading to its row. */
import type { Entry } from "../types";
import { localTime, momentOf } from "./entryText";
import { goToRow } from "./rows";

const SHOWN = 8;

export function EvidenceList(props: {
  ids: readonly string[];
  entries: ReadonlyMap<string, Entry>;
  zone: string;
  lead?: string;
}) {
  const { ids, entries, zone, lead = "Rests on" } = props;
  if (!ids.length) return <p class="hint">No single entry decided this.</p>;
  return (
    <p class="evidence">
      <span class="evidence-lead">
        {lead} {ids.length === 1 ? "1 entry:" : `${ids.length} entries:`}
      </span>{" "}
      {ids.slice(0, SHOWN).map((id) => {
        const entry = entries.get(id);
        if (!entry) return null;
        const local = localTime(momentOf(entry), zone);
        return (
          <button key={id} type="button" class="evidence-link" onClick={() => goToRow(id)}>
            {local.day}, {local.time}
          </button>
        );
      })}
      {ids.length > SHOWN && <span>and {ids.length - SHOWN} more, marked in the table</span>}
    </p>
  );
}
