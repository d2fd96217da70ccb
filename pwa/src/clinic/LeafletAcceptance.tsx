/** The clinic's own leaflet in one language, for a physician to read and accept. */
import { useState } from "preact/hooks";
import { may, useAction, useDesk } from "./context";
import { Failure } from "./parts/notices";
import { dateTime } from "./time";
import type { LanguageTexts, SafetyTexts } from "./types";

interface Props {
  name: string;
  page: SafetyTexts;
  shown: LanguageTexts;
  onAccepted: (page: SafetyTexts) => void;
}

export function LeafletAcceptance({ name, page, shown, onAccepted }: Props) {
  const { leaflet, language } = shown;
  if (!leaflet) return null;
  return (
    <section class="card form-section leaflet-acceptance" aria-labelledby="leaflet-title">
      <h2 id="leaflet-title">Your clinic’s leaflet, {name}</h2>
      <p class="version-text" lang={language} dir={language === "ar" ? "rtl" : "ltr"}>
        {leaflet.text}
      </p>
      <Standing name={name} page={page} language={language} leaflet={leaflet} onAccepted={onAccepted} />
    </section>
  );
}

type StandingProps = Omit<Props, "shown"> & { language: string; leaflet: NonNullable<LanguageTexts["leaflet"]> };

function Standing({ name, page, language, leaflet, onAccepted }: StandingProps) {
  const { api, session, announce } = useDesk();
  const [read, setRead] = useState(false);
  const { busy, error, run } = useAction();
  const { version, acceptance } = leaflet;
  if (acceptance) {
    return <p class="notice notice-good">Version {version} accepted by {acceptance.by} on {dateTime(acceptance.at, session.clinic.zone)}. Phones show it.</p>;
  }
  const until = page.required ? "Until then phones show the last accepted version, or none." : "Until then phones show it as “not reviewed”.";
  if (!may(session.clinician.role, "accept")) return <p class="notice">Version {version} is not accepted yet. A physician can accept it here. {until}</p>;
  const accept = async () => {
    const next = await run(() => api.acceptLeaflet(language, version));
    if (!next) return;
    announce(`${name} leaflet accepted.`);
    onAccepted(next);
  };
  return (
    <>
      <p class="section-note">{until}</p>
      <label class="check">
        <input type="checkbox" checked={read} onChange={(event) => setRead(event.currentTarget.checked)} />
        <span>I have read this leaflet. It fits our patients, names no drug and promises no effect.</span>
      </label>
      <Failure error={error} />
      <div class="form-actions">
        <button type="button" class="primary" disabled={busy || !read} onClick={accept}>
          {busy ? "Saving…" : `Accept the ${name} leaflet`}
        </button>
        <span class="section-note">Version {version}</span>
      </div>
    </>
  );
}
