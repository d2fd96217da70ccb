/** The morning digest of whoever is signed in: a time, or none. */
import { useState } from "preact/hooks";
import { useAction, useDesk, useResource } from "../context";
import { ChoiceField, TextField } from "../parts/inputs";
import { Failure, Waiting } from "../parts/notices";
import { dateTime } from "../time";
import type { DigestChoice } from "./types";

export function DigestScreen() {
  const { api } = useDesk();
  const choice = useResource("digest", (signal) => api.digest(signal));
  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Morning digest</h1>
      </div>
      <Failure error={choice.error} onRetry={choice.reload} />
      {choice.data ? <DigestForm choice={choice.data} /> : !choice.error && <Waiting label="Loading…" />}
    </>
  );
}

function DigestForm(props: { choice: DigestChoice }) {
  const { api, session, announce } = useDesk();
  const [kept, setKept] = useState(props.choice);
  const [at, setAt] = useState(props.choice.at);
  const [saved, setSaved] = useState(false);
  const { busy, error, run } = useAction();
  const submit = async (event: Event) => {
    event.preventDefault();
    const next = await run(() => api.chooseDigest(at));
    if (!next) return;
    setKept(next);
    setSaved(true);
    announce("Saved.");
  };
  const change = (next: string | null) => {
    setSaved(false);
    setAt(next);
  };
  return (
    <form class="card form-section settings" onSubmit={submit} noValidate>
      <p class="section-note">
        One e-mail to {kept.email} on the days the clinic is open: how many alerts are open, how many diaries of the first week have been
        silent for a day, how many readings nobody has looked at. Numbers and a link, no names.
      </p>
      <ChoiceField
        name="digest"
        label="Digest"
        value={at === null ? "off" : "on"}
        options={[
          { value: "off", label: "None" },
          { value: "on", label: "Every morning" },
        ]}
        onValue={(value) => change(value === "on" ? "07:00" : null)}
      />
      {at !== null && <TextField name="digest-at" label="Time" type="time" width="time" value={at} onValue={change} hint={`Clinic's clock, ${session.clinic.zone}.`} />}
      <Failure error={error} />
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy || at === ""}>
          {busy ? "Saving…" : "Save"}
        </button>
        {saved && <span class="saved">{kept.next_at ? `Saved. The next one: ${dateTime(kept.next_at, session.clinic.zone)}.` : "Saved. No digest."}</span>}
      </div>
    </form>
  );
}
