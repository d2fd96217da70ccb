/** Choosing one's own password: in place of a one-time one before anything else, or at any later time. */
import { useState } from "preact/hooks";
import type { ClinicApi } from "../api";
import { useAction } from "../context";
import { TextField } from "../parts/inputs";
import { Failure } from "../parts/notices";
import { errorSentence, fieldSentence } from "../words";
import { choosePassword } from "./calls";

const SHORTEST = 12;

export function OwnPassword(props: { api: ClinicApi; first: boolean; onDone: () => void }) {
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const { busy, error, run } = useAction();
  const short = next.length < SHORTEST ? `At least ${SHORTEST} characters; a few words are fine.` : undefined;
  const differs = again !== next ? "The two are not the same." : undefined;
  const refused = error?.fields[0];
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (short || differs || !old) return;
    const done = await run(async () => {
      await choosePassword(props.api, old, next);
      return true;
    });
    if (done) props.onDone();
  };
  const wrong = error?.code === "sign-in-failed" ? "This is not your present password." : undefined;
  return (
    <form class="sheet-form" onSubmit={submit} noValidate>
      <TextField name="old-password" label={props.first ? "One-time password" : "Present password"} type="password" autocomplete="current-password" value={old} onValue={setOld} problem={wrong ?? (tried && !old ? "Enter it once more." : undefined)} />
      <TextField name="new-password" label="New password" type="password" autocomplete="new-password" value={next} onValue={setNext} hint={`At least ${SHORTEST} characters.`} problem={refused ? fieldSentence(refused) : tried ? short : undefined} />
      <TextField name="new-password-again" label="Once more" type="password" autocomplete="new-password" value={again} onValue={setAgain} problem={tried ? differs : undefined} />
      {error && !refused && !wrong && (error.status === 401 ? <p class="problem">{errorSentence(error)}</p> : <Failure error={error} />)}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>
          {busy ? "Saving…" : "Save the password"}
        </button>
      </div>
    </form>
  );
}
