/** Immediate complications, each one tap; saying that there was none is an answer of its own. */
import { Sheet } from "../parts/Sheet";
import { COMPLICATIONS } from "../words";
import type { RecoveryRow } from "./types";

export function ComplicationsPanel(props: {
  row: RecoveryRow;
  onNote: (code: string | null, present: boolean) => void;
  onClose: () => void;
}) {
  const { row, onNote } = props;
  const found = row.complications;
  const seen = new Set((found ?? []).map((one) => one.code));
  const none = found !== null && seen.size === 0;
  return (
    <Sheet title={`${row.patient.name} · complications`} note="Saved with the tap. A note can be added on the episode's page." onClose={props.onClose}>
      <button type="button" class={`tall ${none ? "chosen" : ""}`} aria-pressed={none} disabled={seen.size > 0} onClick={() => onNote(null, !none)}>
        None seen
      </button>
      <div class="complications" role="group" aria-label="What was seen">
        {Object.entries(COMPLICATIONS).map(([code, label]) => (
          <button type="button" key={code} class={seen.has(code) ? "chosen" : ""} aria-pressed={seen.has(code)} onClick={() => onNote(code, !seen.has(code))}>
            {label}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
