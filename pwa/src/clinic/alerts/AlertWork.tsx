/** What staff do with an alert: acknowledge it, note an attempt, hand it over, say what came of it. */
import { useRef, useState } from "preact/hooks";
import { useAction, useDesk } from "../context";
import { Failure } from "../parts/notices";
import { ChoiceField, SelectField } from "../parts/inputs";
import { TextArea } from "../parts/TextArea";
import type { Alert } from "../types";
import { ALERT_OUTCOMES } from "../words";
import type { OneAlert, Owner } from "./types";

interface WorkProps {
  alert: Alert;
  onChanged: (alert: OneAlert) => void;
}

/** Two clicks in one place: a slip must not take an emergency off the list. */
export function Acknowledge({ alert, onChanged }: WorkProps) {
  const { api, announce } = useDesk();
  const { busy, error, run } = useAction();
  const [asking, setAsking] = useState(false);
  const acknowledge = async () => {
    const done = await run(() => api.acknowledge(alert.alert_id));
    if (!done) return;
    announce("Acknowledged.");
    onChanged(done);
  };
  return (
    <>
      {asking ? (
        <div class="form-actions" role="group" aria-label="Have you seen this report?">
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            Not yet
          </button>
          <button type="button" class="primary" disabled={busy} onClick={acknowledge}>
            {busy ? "Saving…" : "Yes, I have seen it"}
          </button>
        </div>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          Acknowledge
        </button>
      )}
      <Failure error={error} />
    </>
  );
}

/** The form under an alert somebody looks after; a closed one's outcome can be corrected with it. */
export function OutcomeForm({ alert, onChanged }: WorkProps) {
  const { api, announce } = useDesk();
  const { busy, error, run } = useAction();
  const [outcome, setOutcome] = useState("");
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<"outcome" | "note" | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const name = `outcome-${alert.alert_id}`;
  const closed = alert.closed_at !== null;

  const submit = async (event: Event) => {
    event.preventDefault();
    const wrong = !outcome ? "outcome" : outcome === "other" && !note.trim() ? "note" : null;
    setProblem(wrong);
    if (wrong) return void form.current?.querySelector<HTMLElement>(wrong === "note" ? "textarea" : "input")?.focus();
    const done = await run(() => api.closeAlert(alert.alert_id, outcome, note.trim() || null));
    if (!done) return;
    announce(closed ? "Outcome corrected." : "Alert closed.");
    onChanged(done);
  };
  const attempt = async () => {
    const done = await run(() => api.noteAttempt(alert.alert_id, note.trim() || null));
    if (!done) return;
    setNote("");
    announce("Noted. The alert stays open.");
    onChanged(done);
  };

  return (
    <form class="outcome" ref={form} onSubmit={submit} noValidate>
      <ChoiceField
        name={name}
        label={closed ? "Correct the outcome" : "What came of it?"}
        value={outcome}
        options={Object.entries(ALERT_OUTCOMES)
          .filter(([value]) => value !== "not_recorded")
          .map(([value, label]) => ({ value, label }))}
        onValue={setOutcome}
        problem={problem === "outcome" ? "Choose what came of it." : undefined}
      />
      <TextArea
        name={`${name}-note`}
        label="Note"
        optional={outcome !== "other"}
        value={note}
        rows={2}
        maxLength={1000}
        onValue={setNote}
        problem={problem === "note" ? "Say in a few words what came of it." : undefined}
      />
      <Failure error={error} />
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>
          {closed ? "Correct the outcome" : "Close the alert"}
        </button>
        {!closed && (
          <button type="button" disabled={busy} onClick={attempt}>
            Tried, not reached
          </button>
        )}
      </div>
    </form>
  );
}

/** Who looks after it; a choice takes effect at once, since it can be chosen back. */
export function OwnerField({ alert, owners, onChanged }: WorkProps & { owners: readonly Owner[] }) {
  const { api, announce } = useDesk();
  const { error, run } = useAction();
  const hand = async (ownerId: string) => {
    if (!ownerId || ownerId === alert.owner_id) return;
    const done = await run(() => api.handOver(alert.alert_id, ownerId));
    if (!done) return;
    announce(`${done.owner ?? ""} looks after it now.`);
    onChanged(done);
  };
  const options = owners.map(({ clinician_id, name }) => ({ value: clinician_id, label: name }));
  return (
    <>
      <SelectField
        name={`owner-${alert.alert_id}`}
        label="Looked after by"
        value={alert.owner_id ?? ""}
        options={alert.owner_id ? options : [{ value: "", label: "Nobody yet" }, ...options]}
        onValue={hand}
        width="medium"
      />
      <Failure error={error} />
    </>
  );
}
