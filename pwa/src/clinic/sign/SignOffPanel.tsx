/** The physician's decision on the reading: what stands, what moved since, and signing it. */
import { useState } from "preact/hooks";
import { may, type Resource, useDesk } from "../context";
import { Failure } from "../parts/notices";
import type { Entry } from "../types";
import { MovedAnswers } from "./MovedAnswers";
import { SignForm } from "./SignForm";
import { SignHistory } from "./SignHistory";
import { STATES } from "./signText";
import type { SignOff } from "./types";

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
      {found.signed && <Standing found={found} />}
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

/** What was concluded last; a re-opened one steps back. */
function Standing({ found }: { found: SignOff }) {
  const { signed } = found;
  if (!signed) return null;
  return (
    <div class="sign-standing">
      <p class="sign-sentence">{signed.sentence}</p>
      {signed.note && <p class="sign-note">{signed.note}</p>}
      <p class="hint">{signed.statement}</p>
    </div>
  );
}
