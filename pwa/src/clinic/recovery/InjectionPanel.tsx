/** T0: now, or at the time somebody noted. */
import { useState } from "preact/hooks";
import { TextField } from "../parts/inputs";
import { Sheet } from "../parts/Sheet";
import { dateInput, toInstant } from "../time";
import { root } from "../words";
import type { RecoveryRow } from "./types";

export function InjectionPanel(props: {
  row: RecoveryRow;
  zone: string;
  now: number;
  onGiven: (performedAt: string | null) => void;
  onClose: () => void;
}) {
  const { row, zone, now } = props;
  const [time, setTime] = useState("");
  const at = time ? toInstant(dateInput(new Date(now), zone), time, zone) : null;
  const ahead = at !== null && Date.parse(at) > now;
  const problem = !time ? undefined : at === null ? "This is not a time today." : ahead ? "This lies in the future." : undefined;
  return (
    <Sheet
      title={`${row.patient.name} · injection`}
      note={row.scores.pre ? "This is T0: every check-in counts from it, and the score before is locked." : "There is no score from before the injection yet. Without one there is no diagnostic answer."}
      onClose={props.onClose}
    >
      <p class="pad-question">{root(row)} has been injected</p>
      <button type="button" class="primary tall" onClick={() => props.onGiven(null)}>
        Just now
      </button>
      <form
        class="row row-time"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (at && !ahead) props.onGiven(at);
        }}
      >
        <TextField name="given-at" label="Or earlier today, at" type="time" width="time" value={time} onValue={setTime} problem={problem} />
        <button type="submit" class="tall beside-field" disabled={!at || ahead}>
          Confirm this time
        </button>
      </form>
    </Sheet>
  );
}
