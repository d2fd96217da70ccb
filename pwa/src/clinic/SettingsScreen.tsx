/** What a clinic can choose: what every phone of it shows, and the parts below that. */
import { useEffect, useState } from "preact/hooks";
import { AdminNav } from "./admin/AdminNav";
import { useAction, useDesk, useResource } from "./context";
import { Failure, Waiting } from "./parts/notices";
import { TextField } from "./parts/inputs";
import { ZoneField } from "./parts/ZoneField";
import { SettingsParts } from "./settings/SettingsParts";
import { paths } from "./route";
import { isZone } from "./time";
import type { ClinicSettings } from "./types";
import { fieldSentence } from "./words";

export function SettingsScreen() {
  const { api } = useDesk();
  const settings = useResource("settings", () => api.settings());
  return (
    <>
      <AdminNav here="settings" />
      <div class="screen-head">
        <h1 tabIndex={-1}>Clinic settings</h1>
      </div>
      <Failure error={settings.error} onRetry={settings.reload} />
      {settings.data ? <SettingsForm settings={settings.data} /> : !settings.error && <Waiting label="Loading…" />}
      <div class="settings-parts">
        <SettingsParts />
      </div>
      <p class="section-note">
        A physician accepts <a href={paths.texts}>the safety texts patients read</a>, together with the emergency number.
      </p>
    </>
  );
}

function problemsOf(value: ClinicSettings): Partial<ClinicSettings> {
  const phone = /^[+0-9][0-9 ()/.-]{2,}$/;
  const problems: Partial<ClinicSettings> = {};
  if (!value.name.trim()) problems.name = "Enter the clinic's name.";
  if (!phone.test(value.phone.trim())) problems.phone = "Enter a phone number, such as +49 30 1234567.";
  if (!phone.test(value.emergency_number.trim()) && !/^\d{2,4}$/.test(value.emergency_number.trim()))
    problems.emergency_number = "Enter a number, such as 112.";
  if (!isZone(value.zone)) problems.zone = "Enter a time zone such as Europe/Berlin.";
  return problems;
}

function SettingsForm({ settings }: { settings: ClinicSettings }) {
  const { api, session, setSession, announce } = useDesk();
  const [value, setValue] = useState(settings);
  const [problems, setProblems] = useState<Partial<ClinicSettings>>({});
  const [saved, setSaved] = useState(false);
  const { busy, error, run } = useAction();
  const set = (key: keyof ClinicSettings) => (text: string) => {
    setSaved(false);
    setValue({ ...value, [key]: text });
  };

  useEffect(() => {
    if (!error?.fields.length) return;
    setProblems(
      Object.fromEntries(error.fields.map((f) => [f.pointer.replace(/^#?\//, ""), fieldSentence(f)])),
    );
  }, [error]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const found = problemsOf(value);
    setProblems(found);
    const firstWrong = Object.keys(found)[0];
    if (firstWrong) return document.getElementById(`field-${firstWrong}`)?.focus();
    const next = await run(() => api.saveSettings(value));
    if (!next) return;
    setSaved(true);
    announce("Settings saved.");
    setSession({ ...session, clinic: { ...session.clinic, ...value } });
  };

  return (
    <form class="card form-section settings" onSubmit={submit} noValidate>
      <p class="section-note">Every connected phone shows these. The emergency number stands behind its red-flag button.</p>
      <TextField name="name" label="Clinic name" value={value.name} onValue={set("name")} problem={problems.name} maxLength={200} />
      <TextField name="phone" label="Clinic phone" type="tel" value={value.phone} onValue={set("phone")} problem={problems.phone} hint="Patients call this number with one tap." />
      <TextField name="emergency_number" label="Emergency number" type="tel" width="small" value={value.emergency_number} onValue={set("emergency_number")} problem={problems.emergency_number} />
      <ZoneField name="zone" label="Time zone" value={value.zone} onValue={set("zone")} problem={problems.zone} hint="New episodes start in this zone; existing ones keep theirs." />
      <Failure error={error} />
      <div class="form-actions">
        <button type="submit" class="primary" disabled={busy}>
          {busy ? "Saving…" : "Save settings"}
        </button>
        {saved && <span class="saved">Saved.</span>}
      </div>
    </form>
  );
}
