/** What patients read in danger, in every language, for a physician to read and accept. */
import { AdminNav } from "./admin/AdminNav";
import { useState } from "preact/hooks";
import { may, useAction, useDesk, useResource } from "./context";
import { LeafletAcceptance } from "./LeafletAcceptance";
import { Failure, Waiting } from "./parts/notices";
import { dateTime } from "./time";
import type { LanguageTexts, SafetyTexts } from "./types";

const NAMES: Record<string, string> = { en: "English", es: "Spanish", de: "German", ar: "Arabic" };
const PARTS: Record<string, string> = {
  flags: "Red flags and what to do",
  questions: "Questions about a symptom",
  recheck: "Asking again",
  saved: "The daily safety question",
  companion: "Company between check-ins",
  further: "In the entry form",
  problem: "When something fails",
  phone: "On the page about the phone",
};

export function SafetyTextsScreen() {
  const { api } = useDesk();
  const page = useResource("safety-texts", (signal) => api.safetyTexts(signal));
  const [language, setLanguage] = useState("en");
  const shown = page.data?.languages.find((one) => one.language === language);
  return (
    <>
      <AdminNav here="texts" />
      <div class="screen-head">
        <h1 tabIndex={-1}>Safety texts for patients</h1>
      </div>
      <Failure error={page.error} onRetry={page.reload} />
      {!page.data && !page.error && <Waiting label="Loading…" />}
      {page.data && (
        <>
          <p class="section-note">{rule(page.data)}</p>
          <fieldset class="card language-list">
            <legend>Language</legend>
            {page.data.languages.map((one) => (
              <label key={one.language} class="language-option">
                <input type="radio" name="language" checked={one.language === language} onChange={() => setLanguage(one.language)} />
                <b>{NAMES[one.language] ?? one.language}</b>
                <span>{one.acceptance ? "accepted" : "not reviewed"}{one.leaflet && !one.leaflet.acceptance && ", leaflet not reviewed"}</span>
              </label>
            ))}
          </fieldset>
          {shown && <Acceptance key={`${language}-top`} page={page.data} shown={shown} onAccepted={page.replace} />}
          {shown?.leaflet && <LeafletAcceptance key={`${language}-leaflet-${shown.leaflet.version}`} name={NAMES[language] ?? language} page={page.data} shown={shown} onAccepted={page.replace} />}
          {shown && <Texts shown={shown} english={page.data.languages.find((one) => one.language === "en") ?? shown} />}
        </>
      )}
    </>
  );
}

function rule({ required }: SafetyTexts): string {
  return required
    ? "Nobody can be enrolled in a language before a physician has accepted its texts. New texts, another criteria set or another emergency number need a new acceptance."
    : "This server is not in production, so it enrols without acceptance and phones show “not reviewed”.";
}

interface AcceptanceProps {
  page: SafetyTexts;
  shown: LanguageTexts;
  onAccepted: (page: SafetyTexts) => void;
}

function Acceptance({ page, shown, onAccepted }: AcceptanceProps) {
  const { api, session, announce } = useDesk();
  const [read, setRead] = useState(false);
  const { busy, error, run } = useAction();
  const name = NAMES[shown.language] ?? shown.language;
  const accept = async () => {
    const { criteria, emergency_number } = page;
    const next = await run(() => api.acceptTexts({ language: shown.language, version: shown.version, criteria, emergency_number }));
    if (!next) return;
    announce(`${name} texts accepted.`);
    onAccepted(next);
  };
  if (shown.acceptance) {
    const { by, at } = shown.acceptance;
    return <p class="notice notice-good">Accepted by {by} on {dateTime(at, session.clinic.zone)}, with criteria {page.criteria} and emergency number {page.emergency_number}. Version {shown.version}.</p>;
  }
  if (!may(session.clinician.role, "accept")) return <p class="notice">Not accepted yet. A physician can read and accept these texts here.</p>;
  return (
    <section class="card form-section" aria-labelledby="accept-title">
      <h2 id="accept-title">Accept the {name} texts</h2>
      <label class="check">
        <input type="checkbox" checked={read} onChange={(event) => setRead(event.currentTarget.checked)} />
        <span>
          I have read all texts below. They fit our patients, together with the criteria set <b>{page.criteria}</b> and the emergency number <b>{page.emergency_number}</b>.
        </span>
      </label>
      <Failure error={error} />
      <div class="form-actions">
        <button type="button" class="primary" disabled={busy || !read} onClick={accept}>
          {busy ? "Saving…" : `Accept ${name}`}
        </button>
        <span class="section-note">Version {shown.version}</span>
      </div>
    </section>
  );
}

function Texts({ shown, english }: { shown: LanguageTexts; english: LanguageTexts }) {
  const source = new Map(english.texts.map(({ key, text }) => [key, text]));
  const compared = shown.language !== english.language;
  const parts = [...new Set(shown.texts.map(({ key }) => partOf(key)))];
  const dir = shown.language === "ar" ? "rtl" : "ltr";
  return (
    <>
      {parts.map((part) => (
        <section key={part} class="card texts" aria-label={PARTS[part] ?? part}>
          <h2>{PARTS[part] ?? part}</h2>
          <ul>
            {shown.texts.filter(({ key }) => partOf(key) === part).map(({ key, text }) => (
              <li key={key}>
                <p lang={shown.language} dir={dir}>{text}</p>
                {compared && <p class="source" lang="en">{source.get(key)}</p>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function partOf(key: string): string {
  return key.split(".")[0] ?? key;
}
