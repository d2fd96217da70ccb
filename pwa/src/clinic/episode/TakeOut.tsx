/** Taking the episode along: the page for the record, the paragraph to paste, and the data as files. */
import { useDesk } from "../context";
import { CopyText } from "../parts/CopyText";
import { paths } from "../route";
import type { EpisodeDetail } from "../types";

export function TakeOut({ episode }: { episode: EpisodeDetail }) {
  const { api, session } = useDesk();
  const at = `/api/v1/clinic/episodes/${episode.episode_id}`;
  const auditor = session.clinician.role === "auditor";
  return (
    <div class="take-out" role="group" aria-label="For the record">
      <a class="button" href={`${at}/report.pdf`} download>
        Report, A4
      </a>
      <a class="button" href={`${at}/report.pdf?paper=letter`} download>
        Letter
      </a>
      <CopyText text={() => api.reportText(episode.episode_id)} />
      {!auditor && (
        <>
          <a class="button" href={`${at}/tables.zip`} download>
            CSV
          </a>
          <a class="button" href={`${at}/fhir.json`} download>
            FHIR
          </a>
          <a class="button" href={`${at}/patient-page.pdf`} download title="The patient's own page, in their language">
            For the patient
          </a>
        </>
      )}
      <a class="button" href={paths.passport(episode.patient.patient_id)}>
        Root passport
      </a>
    </div>
  );
}
