/** Notifications on this phone: on, off, or why they cannot be had. */
import { useState } from "preact/hooks";
import { later } from "../../i18n/later.ts";
import type { Known } from "../../sync/reminders.ts";
import { canPush, type PushTrouble, subscribe } from "../pushing.ts";

interface Props {
  draft: Known;
  onChange: (part: Partial<Known>) => void;
  onKnown: (known: Known) => void;
}

export function PushSwitch({ draft, onChange, onKnown }: Props) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<PushTrouble | null>(canPush() ? null : "unsupported");
  const on = draft.channels.includes("push");
  const others = draft.channels.filter((one) => one !== "push");
  const turnOn = async () => {
    setAsking(true);
    setTrouble(null);
    try {
      const known = await subscribe(draft.push_key ?? "");
      onChange({ push: known.push, channels: ["push", ...others] });
      onKnown(known);
    } catch (error) {
      const why = (error as Error).message;
      setTrouble(why in later.reminders.pushTrouble ? (why as PushTrouble) : "failed");
    }
    setAsking(false);
  };
  return (
    <div class="way">
      <label class="switch">
        <input type="checkbox" checked={on} onChange={() => onChange({ channels: on ? others : ["push", ...others] })} />
        <span>{later.reminders.push}</span>
      </label>
      {on && draft.push === "on" && <p class="muted small">{later.reminders.pushOn}</p>}
      {on && draft.push === "dead" && !trouble && <p class="notice warn">{later.reminders.pushDead}</p>}
      {on && draft.push !== "on" && trouble !== "unsupported" && (
        <button type="button" class="secondary" aria-busy={asking} onClick={turnOn}>{asking ? later.reminders.pushAsking : later.reminders.pushTurnOn}</button>
      )}
      {on && trouble && <p class="notice warn" role="alert">{later.reminders.pushTrouble[trouble]}</p>}
    </div>
  );
}
