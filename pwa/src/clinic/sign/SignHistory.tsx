/** Every signature and every re-opening, newest first. */
import { dateTime } from "../time";
import { moveText } from "./signText";
import type { SignOff, SignStep } from "./types";

export function SignHistory({ found, zone }: { found: SignOff; zone: string }) {
  return (
    <details class="sign-history">
      <summary>History</summary>
      <ol class="plain-list">
        {found.history.map((step) => (
          <li key={step.number}>{step.kind === "signed" ? <Signed step={step} /> : <Reopened step={step} zone={zone} />}</li>
        ))}
      </ol>
    </details>
  );
}

function Signed({ step }: { step: SignStep }) {
  return (
    <>
      <b>{step.sentence}</b> {step.note} <span class="hint">{step.statement}</span>
    </>
  );
}

function Reopened({ step, zone }: { step: SignStep; zone: string }) {
  const moved = step.changes.map((change) => `${change.title.toLowerCase()} ${moveText(change)}`).join("; ");
  return (
    <>
      <b>Re-opened</b> {dateTime(step.at, zone)}, data version {step.data_version}: {moved}
    </>
  );
}
