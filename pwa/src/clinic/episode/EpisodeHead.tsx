/** Who, which root, since when; and what may be done from here. */
import { may, useDesk, useNow } from "../context";
import { paths } from "../route";
import { clock, dayCount, shortDate, wallAsWritten, wallAt } from "../time";
import type { EpisodeDetail } from "../types";
import { indexPain, root, STATUSES, wordsFor } from "../words";
import { OtherBlocks } from "./OtherBlocks";

export function EpisodeHead({ episode }: { episode: EpisodeDetail }) {
  const { patient } = episode;
  const born = patient.born_on ? wallAsWritten(`${patient.born_on}T00:00`) : null;
  return (
    <header class="episode-head">
      <div>
        <h1 tabIndex={-1}>
          {patient.name} <span class="head-root">{root(episode)}</span>
        </h1>
        <p class="head-facts">
          <span>{patient.record_number}</span>
          {born && <span>born {shortDate(born)}</span>}
          <span>{indexPain(episode.index_pain)} pain</span>
          <TimeZero episode={episode} />
        </p>
        <OtherBlocks episode={episode} />
      </div>
      <Actions episode={episode} />
    </header>
  );
}

function TimeZero({ episode }: { episode: EpisodeDetail }) {
  const now = useNow(60);
  const { performed_at: t0, zone, status } = episode;
  if (!t0) return <span>{wordsFor(STATUSES, status)}, T0 not confirmed</span>;
  const wall = wallAt(t0, zone);
  return (
    <>
      <span>
        T0 {shortDate(wall)}, {clock(wall)}
      </span>
      <span>{status === "performed" ? `day ${dayCount(t0, now, zone)}` : wordsFor(STATUSES, status)}</span>
    </>
  );
}

function Actions({ episode }: { episode: EpisodeDetail }) {
  const { role } = useDesk().session.clinician;
  const id = episode.episode_id;
  const planned = episode.status === "planned";
  return (
    <div class="head-actions">
      {may(role, "correct") && (
        <>
          {planned && (
            <a class="button primary" href={paths.confirm(id)}>
              Confirm T0
            </a>
          )}
          <a class="button" href={paths.correct(id)}>
            Correct
          </a>
        </>
      )}
      {may(role, "enrol") && (
        <>
          <a class="button" href={paths.phone(id)}>
            Connect a phone
          </a>
          <a class="button" href={paths.enrolLike(id)}>
            Another block
          </a>
        </>
      )}
    </div>
  );
}
