/** Signing: an own conclusion, a note, and the reading it is about. The suggestion is marked and never chosen. */
import { useId, useState } from "preact/hooks";
import { useAction, useDesk } from "../context";
import { Failure } from "../parts/notices";
import { CONCLUSIONS } from "./signText";
import type { SignOff } from "./types";

const LONGEST = 1000;

export function SignForm(props: {
  episodeId: string;
  found: SignOff;
  onDone: (next: SignOff) => void;
  onStale: () => void;
}) {
  const { found } = props;
  const { api, announce } = useDesk();
  const [conclusion, setConclusion] = useState("");
  const [note, setNote] = useState("");
  const { busy, error, run } = useAction();
  const chosen = found.conclusions.find(({ code }) => code === conclusion);
  const sign = async () => {
    const seen = { version: found.version, read_at: found.read_at, signed_number: found.signed?.number ?? null };
    const body = { ...seen, conclusion, note: note.trim() || null };
    const next = await run(() => api.sign(props.episodeId, body));
    if (!next) return;
    announce("Signed.");
    props.onDone(next);
  };
  const stale = error?.code === "reading-changed" || error?.code === "signed-meanwhile";
  return (
    <form
      class="sign-form"
      onSubmit={(event) => {
        event.preventDefault();
        void sign();
      }}
    >
      <Conclusions found={found} chosen={conclusion} onChosen={setConclusion} />
      <label class="unseen" for="sign-note">
        Note
      </label>
      <textarea id="sign-note" rows={1} maxLength={LONGEST} placeholder="Note (optional)" value={note} onInput={(event) => setNote(event.currentTarget.value)} />
      <button type="submit" class="primary" disabled={busy || !conclusion}>
        {busy ? "Signing…" : "Sign"}
      </button>
      <p class="hint sign-what" aria-live="polite">
        {chosen ? chosen.sentence : `Data version ${found.version}, criteria ${found.criteria}`}
      </p>
      <Failure error={error} {...(stale ? { onRetry: props.onStale } : {})} />
    </form>
  );
}

function Conclusions(props: { found: SignOff; chosen: string; onChosen: (code: string) => void }) {
  const name = useId();
  const { found, chosen, onChosen } = props;
  return (
    <fieldset class="choice choice-compact sign-choice" role="radiogroup" aria-label="Your conclusion">
      <div class="choices">
        {found.conclusions.map(({ code }) => (
          <label key={code} class="choice-option">
            <input type="radio" name={name} value={code} checked={chosen === code} onChange={() => onChosen(code)} />
            <span class={code === found.suggested ? "is-suggested" : undefined}>
              {CONCLUSIONS[code] ?? code}
              {code === found.suggested && <small>suggested</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
