/** What stands in the chart's place while there is nothing to read: why, and what to do. */
import { may, useDesk } from "../context";
import { Empty } from "../parts/notices";
import { paths } from "../route";
import type { EpisodeDetail } from "../types";

export function NotReadYet({ episode }: { episode: EpisodeDetail }) {
  const { role } = useDesk().session.clinician;
  const planned = episode.performed_at === null || episode.status === "planned";
  const cancelled = episode.status === "cancelled";
  const why = cancelled
    ? "Its entries are kept, but not read."
    : planned
      ? "The reading starts once the injection is done and T0 is confirmed."
      : "There is no pain score from before the injection. Record the baseline to start the reading.";
  return (
    <div class="card">
      <Empty title={cancelled ? "This block was cancelled." : planned ? "Planned: nothing is read before T0." : "No baseline yet."}>
        <p>{why}</p>
        {may(role, "correct") && !planned && !cancelled && (
          <p>
            <a class="button primary" href={paths.correct(episode.episode_id)}>
              Record the baseline
            </a>
          </p>
        )}
      </Empty>
    </div>
  );
}
