/** Taking the episode along: the page for the record, the paragraph to paste, and the data as files. */
import { useState } from "preact/hooks";
import { asApiError, useDesk } from "../context";
import type { ApiError } from "../api";
import { Failure } from "../parts/notices";
import type { EpisodeDetail } from "../types";

const COPIED_SECONDS = 4;

export function TakeOut({ episode }: { episode: EpisodeDetail }) {
  const { api, announce, session } = useDesk();
  const [copied, setCopied] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const at = `/api/v1/clinic/episodes/${episode.episode_id}`;
  const auditor = session.clinician.role === "auditor";

  async function copy() {
    setError(null);
    try {
      await navigator.clipboard.writeText(await api.reportText(episode.episode_id));
      setCopied(true);
      announce("Copied. Paste it into the record.");
      setTimeout(() => setCopied(false), 1000 * COPIED_SECONDS);
    } catch (cause) {
      setError(asApiError(cause));
    }
  }

  return (
    <div class="take-out" role="group" aria-label="For the record">
      <a class="button" href={`${at}/report.pdf`} download>
        Report, A4
      </a>
      <a class="button" href={`${at}/report.pdf?paper=letter`} download>
        Letter
      </a>
      <button type="button" class="button" onClick={copy}>
        {copied ? "Copied" : "Copy text"}
      </button>
      {!auditor && (
        <>
          <a class="button" href={`${at}/tables.zip`} download>
            CSV
          </a>
          <a class="button" href={`${at}/fhir.json`} download>
            FHIR
          </a>
        </>
      )}
      <Failure error={error} onRetry={copy} />
    </div>
  );
}
