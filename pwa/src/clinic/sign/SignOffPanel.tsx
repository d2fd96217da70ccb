/** The physician's decision on the reading: what stands, what moved since, and signing it. */
import { useState } from "preact/hooks";
import { may, type Resource, useDesk } from "../context";
import { Failure } from "../parts/notices";
import { dateTime } from "../time";
import type { Entry } from "../types";
import { MovedAnswers } from "./MovedAnswers";
import { SignForm } from "./SignForm";
import { SignHistory } from "./SignHistory";
import { CONCLUSIONS, STATES } from "./signText";
import type { SignOff, SignStep } from "./types";

export interface SignProps {
  episodeId: string;
  signOff: Resource<SignOff | null>;
  entries: ReadonlyMap<string, Entry>;
  zone: string;
  onSigned: () => void;
}

export function SignOffPanel(props: SignProps) {
  const { signOff, entries, zone } = props;
  const { session } = useDesk();
  const [again, setAgain] = useState(false);
  const found = signOff.data;
  if (!found) return <Failure error={signOff.error} onRetry={signOff.reload} />;
  const physician = may(session.clinician.role, "sign");
  const open = found.state !== "signed" || again;
  return (
    <section class={`card sign sign-${found.state}`} aria-labelledby="sign-title">
      <header class="sign-head">
        <h2 id="sign-title">Sign-off</h2>
        <span class={`sign-state sign-state-${found.state}`}>{STATES[found.state]}</span>
        {found.history.length > 0 && <SignHistory found={found} zone={zone} />}
      </header>
      {found.state === "reopened" && <MovedAnswers found={found} entries={entries} zone={zone} />}
      {found.signed && (found.state === "reopened" ? <Before signed={found.signed} zone={zone} /> : <Standing signed={found.signed} />)}
      {physician && open && (
        <SignForm
          key={`${found.version} ${found.read_at}`}
          episodeId={props.episodeId}
          found={found}
          onDone={(next) => {
            setAgain(false);
            signOff.replace(next);
            props.onSigned();
          }}
          onStale={props.onSigned}
        />
      )}
      {physician && !open && (
        <button type="button" class="quiet sign-again" onClick={() => setAgain(true)}>
          Sign again
        </button>
      )}
      {!physician && !found.signed && <p class="hint">A physician reads and signs. Nobody has yet.</p>}
    </section>
  );
}

/** A conclusion that later entries overtook: one line beside the new decision, in full when opened. */
function Before({ signed, zone }: { signed: SignStep; zone: string }) {
  return (
    <details class="sign-fold">
      <summary>
        <b>Before:</b> {CONCLUSIONS[signed.conclusion ?? ""] ?? signed.sentence} <span class="fold-note">signed {dateTime(signed.at, zone)}</span>
      </summary>
      <Standing signed={signed} />
    </details>
  );
}

/** What was concluded last, in full. */
function Standing({ signed }: { signed: SignStep }) {
  return (
    <div class="sign-standing">
      <p class="sign-sentence">{signed.sentence}</p>
      {signed.note && <p class="sign-note">{signed.note}</p>}
      <p class="hint">{signed.statement}</p>
    </div>
  );
}
