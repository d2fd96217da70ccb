/** How and when the patient is reminded: ways, times, a test of the whole way, and a calendar. */
import type { TargetedInputEvent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { language } from "../../i18n/index.ts";
import { later, wordsFor } from "../../i18n/later.ts";
import { type Channel, choices, choose, type Known, ownZone, Refused } from "../../sync/reminders.ts";
import { useServices } from "../context.ts";
import type { Model } from "../model.ts";
import { CalendarCard } from "../parts/CalendarCard.tsx";
import { Frame } from "../parts/Frame.tsx";
import { PushSwitch } from "../parts/PushSwitch.tsx";
import { ReminderTest } from "../parts/ReminderTest.tsx";
import { TimeField } from "../parts/TimeField.tsx";
import { keepState } from "../pushing.ts";

export function Reminders({ model }: { model: Model }) {
  const { store } = useServices();
  const [known, setKnown] = useState<Known | null>(null);
  const [away, setAway] = useState(false);
  const load = () => {
    setAway(false);
    choices().then(setKnown, () => setAway(true));
  };
  useEffect(load, []);
  const learn = (now: Known) => {
    setKnown(now);
    void keepState(store, now).catch(() => undefined);
  };
  return (
    <Frame model={model} path="/phone/reminders">
      <h1 class="question">{later.reminders.title}</h1>
      <p>{later.reminders.intro}</p>
      {known && <Form known={known} onKnown={learn} />}
      {known && <ReminderTest />}
      {known && <CalendarCard known={known} onKnown={learn} />}
      {!known && !away && <p class="muted" role="status">{later.reminders.loading}</p>}
      {away && (
        <section class="card">
          <p role="alert">{later.reminders.unreachable}</p>
          <button type="button" class="secondary" onClick={load}>{later.reminders.retry}</button>
        </section>
      )}
    </Frame>
  );
}

type Saving = "idle" | "saving" | "saved" | "failed";

function Form({ known, onKnown }: { known: Known; onKnown: (known: Known) => void }) {
  const [draft, setDraft] = useState(known);
  const [saving, setSaving] = useState<Saving>("idle");
  const [wrong, setWrong] = useState<string | null>(null);
  const change = (part: Partial<Known>) => {
    setDraft({ ...draft, ...part });
    setSaving("idle");
    setWrong(null);
  };
  const save = async (event: Event) => {
    event.preventDefault();
    setSaving("saving");
    setWrong(null);
    const { evening, quiet_from, quiet_until, channels, email, phone_number } = draft;
    try {
      onKnown(await choose({ language, evening, quiet_from, quiet_until, channels, email, phone_number, zone: ownZone() }));
      setSaving("saved");
    } catch (error) {
      setSaving("failed");
      setWrong(error instanceof Refused ? error.field : null);
    }
  };
  return (
    <form class="card reminders" onSubmit={save} noValidate>
      <h2>{later.reminders.how}</h2>
      {draft.push_key && <PushSwitch draft={draft} onChange={change} onKnown={onKnown} />}
      {draft.offered.includes("email") && (
        <Way channel="email" label={later.reminders.email} field={later.reminders.emailLabel} draft={draft} wrong={wrong} onChange={change} />
      )}
      {draft.offered.includes("sms") && (
        <Way channel="sms" label={later.reminders.sms} field={later.reminders.smsLabel} draft={draft} wrong={wrong} onChange={change} />
      )}
      <h2>{later.reminders.when}</h2>
      <TimeField label={later.reminders.evening} value={draft.evening} onChange={(evening) => change({ evening })} />
      {wrong === "evening" && <p class="error" role="alert">{wordsFor(later.reminders.errors, "evening")}</p>}
      <div class="pair">
        <TimeField label={later.reminders.quietFrom} value={draft.quiet_from} onChange={(quiet_from) => change({ quiet_from })} />
        <TimeField label={later.reminders.quietUntil} value={draft.quiet_until} onChange={(quiet_until) => change({ quiet_until })} />
      </div>
      <p class="muted small">{later.reminders.quietNote}</p>
      <button type="submit" class="primary" aria-busy={saving === "saving"}>{saving === "saving" ? later.reminders.saving : later.reminders.save}</button>
      <p role="status" class="small">{saving === "saved" && later.reminders.saved}</p>
      {saving === "failed" && !wrong && <p class="error" role="alert">{later.reminders.failed}</p>}
    </form>
  );
}

interface WayProps {
  channel: Exclude<Channel, "push">;
  label: string;
  field: string;
  draft: Known;
  wrong: string | null;
  onChange: (part: Partial<Known>) => void;
}

/** A channel with an address. */
function Way({ channel, label, field, draft, wrong, onChange }: WayProps) {
  const name = channel === "email" ? "email" : "phone_number";
  const on = draft.channels.includes(channel);
  const toggle = () => onChange({ channels: on ? draft.channels.filter((one) => one !== channel) : [...draft.channels, channel] });
  const input = {
    value: draft[name] ?? "",
    "aria-invalid": wrong === name,
    onInput: (event: TargetedInputEvent<HTMLInputElement>) => onChange({ [name]: event.currentTarget.value.trim() || null }),
  };
  return (
    <div class="way">
      <label class="switch"><input type="checkbox" checked={on} onChange={toggle} /><span>{label}</span></label>
      {on && (
        <label class="field">
          <span>{field}</span>
          {channel === "email" ? <input type="email" autocomplete="email" {...input} /> : <input type="tel" autocomplete="tel" {...input} />}
        </label>
      )}
      {on && draft.refused.includes(channel) && <p class="notice warn">{later.reminders.refused}</p>}
      {wrong === name && <p class="error" role="alert">{wordsFor(later.reminders.errors, name)}</p>}
    </div>
  );
}
