/** The phase chart with a popover for each entry. */
import { useCallback } from "preact/hooks";
import { InteractiveChart } from "../../charts/InteractiveChart";
import type { Entry, EpisodeDetail } from "../types";
import { EntryTip } from "./EntryTip";
import { goToRow } from "./rows";

export function ChartPanel(props: {
  episode: EpisodeDetail;
  entries: ReadonlyMap<string, Entry>;
  version: string;
  /** Another line that is tried; null for the one in force. */
  criteria: string | null;
  active: string | null;
  evidence: ReadonlySet<string> | null;
  onActive: (entryId: string | null) => void;
  onSettled: () => void;
}) {
  const { episode, entries } = props;
  const tip = useCallback(
    (entryId: string) => {
      const entry = entries.get(entryId);
      return entry ? <EntryTip entry={entry} performedAt={episode.performed_at} zone={episode.zone} /> : "Not in the table";
    },
    [entries, episode.performed_at, episode.zone],
  );
  return (
    <div class="card chart-card">
      <InteractiveChart
        address={`/api/v1/clinic/episodes/${episode.episode_id}/chart.svg${props.criteria ? `?criteria=${props.criteria}` : ""}`}
        version={props.version}
        label="Phase chart; arrow keys move between entries, Enter goes to the table"
        active={props.active}
        evidence={props.evidence}
        onActive={props.onActive}
        onChosen={goToRow}
        tip={tip}
        onSettled={props.onSettled}
      />
    </div>
  );
}
