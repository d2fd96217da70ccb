/** A one-time password, shown once: whoever hands it over must be able to read it out. */
import { useState } from "preact/hooks";
import { useDesk } from "../context";
import { Sheet } from "../parts/Sheet";
import { dateTime } from "../time";
import type { OneTime } from "./types";

export function OneTimeSheet(props: { name: string; oneTime: OneTime; onClose: () => void }) {
  const { session } = useDesk();
  const { password, good_until } = props.oneTime;
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(password);
      setCopied(true);
    } catch {
      // No clipboard permission: the text can be selected.
      setCopied(false);
    }
  };
  return (
    <Sheet
      title={`One-time password for ${props.name}`}
      note="It is shown now and kept nowhere. It opens nothing but the choice of an own password."
      onClose={props.onClose}
    >
      <output class="one-time">{password}</output>
      <p class="hint">Good until {dateTime(good_until, session.clinic.zone)}. Give it to them in person or by phone, not by the e-mail they sign in with.</p>
      <div class="form-actions">
        <button type="button" class="primary" onClick={copy}>
          {copied ? "Copied" : "Copy"}
        </button>
      </div>
    </Sheet>
  );
}
