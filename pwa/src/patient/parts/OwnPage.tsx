/** The diary on one page, made by the clinic's server: to keep, to print, to show. Only while scores may be seen. */
import { useState } from "preact/hooks";
import { performedAt } from "../../diary/episode.ts";
import { language, locale } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { saveFile } from "../exporting.ts";
import type { Model } from "../model.ts";

export function OwnPage({ model }: { model: Model }) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const { episode, hiding, entries } = model;
  if (performedAt(episode) === null || hiding.hidden || entries.length === 0) return null;

  const get = async () => {
    setBusy(true);
    setFailed(false);
    try {
      const answer = await fetch(`/api/v1/patient/episodes/${episode.episode_id}/page.pdf?language=${language}&paper=${paper()}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      saveFile(await answer.blob(), `diary-${language}.pdf`);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };

  return (
    <section class="card">
      <h2>{later.page.title}</h2>
      <p class="muted small">{later.page.about}</p>
      <button type="button" class="secondary" aria-busy={busy} onClick={get}>{later.page.get}</button>
      {failed && <p class="notice warn" role="alert">{later.page.failed}</p>}
    </section>
  );
}

/** What printers hold where people write dates the American way. */
function paper(): "letter" | "a4" {
  return /-(US|CA|MX|PH)$/.test(locale) ? "letter" : "a4";
}
