/** A reason, and one of two ends: put right as a version of staff, or dismissed. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useAction } from "../context";
import { TextField } from "../parts/inputs";
import { Failure } from "../parts/notices";
import type { InboxDecision } from "./types";

export function DecisionForm(props: {
  /** The correction to send; null where nothing can be put right. */
  correct: (() => Pick<InboxDecision, "body" | "episode_id" | "kind">) | null;
  correctLabel?: string;
  dismissLabel?: string;
  decide: (decision: InboxDecision) => Promise<void>;
  onDone: (text: string) => void;
  children?: ComponentChildren;
}) {
  const { correct } = props;
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { busy, error, run } = useAction();
  const send = async (outcome: InboxDecision["outcome"]) => {
    if (!reason.trim()) {
      setMissing(true);
      document.getElementById("field-inbox-reason")?.focus();
      return;
    }
    const more = outcome === "corrected" && correct ? correct() : {};
    const done = await run(async () => {
      await props.decide({ outcome, reason: reason.trim(), ...more });
      return true;
    });
    if (done) props.onDone(outcome === "corrected" ? "Written into the diary." : "Dismissed.");
  };
  return (
    <div class="inbox-decision">
      {props.children}
      <TextField
        name="inbox-reason"
        label="Reason"
        maxLength={500}
        value={reason}
        problem={missing && !reason.trim() ? "Say why, in a few words." : undefined}
        onValue={setReason}
      />
      <Failure error={error} />
      <div class="form-actions">
        {correct && (
          <button type="button" class="primary" disabled={busy} onClick={() => send("corrected")}>
            {props.correctLabel ?? "Write into the diary"}
          </button>
        )}
        <button type="button" disabled={busy} onClick={() => send("dismissed")}>
          {props.dismissLabel ?? "Dismiss"}
        </button>
      </div>
    </div>
  );
}
