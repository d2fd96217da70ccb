/** What stands in the chart's place before T0 is confirmed. */
import { may, useDesk } from "../context";
import { Empty } from "../parts/notices";
import { paths } from "../route";
import type { EpisodeDetail } from "../types";

export function NotReadYet({ episode }: { episode: EpisodeDetail }) {
  const { role } = useDesk().session.clinician;
  if (episode.status === "cancelled")
    return (
      <div class="card">
        <Empty title="This block was cancelled.">
          <p>There is nothing to read. What the patient recorded is listed below.</p>
        </Empty>
      </div>
    );
  return (
    <div class="card">
      <Empty title="Planned: nothing is read before T0.">
        <p>The chart and the answers begin when the minute the injection ended is confirmed here. A patient's own tap is provisional.</p>
        {may(role, "correct") && (
          <p>
            <a class="button primary" href={paths.correct(episode.episode_id)}>
              Confirm T0
            </a>
          </p>
        )}
      </Empty>
    </div>
  );
}
