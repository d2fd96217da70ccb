/** One episode on one page: the chart, the four answers, and everything they rest on. */
import { useCallback, useMemo, useState } from "preact/hooks";
import { type Resource, useDesk, useResource, useWhileVisible } from "../context";
import { Failure, Waiting } from "../parts/notices";
import type { Entry, EntryPage, EpisodeDetail, ReadingPage } from "../types";
import { Alerts } from "./Alerts";
import { Answers } from "./Answers";
import { ChartPanel } from "./ChartPanel";
import { EntryTable } from "./EntryTable";
import { EpisodeHead } from "./EpisodeHead";
import { NotReadYet } from "./NotReadYet";
import { Phones } from "./Phones";
import { ProcedureRecord } from "./ProcedureRecord";
import { Quarantine } from "./Quarantine";
import { DataPanel } from "./DataPanel";

const REFRESH_SECONDS = 60;

export function EpisodeScreen({ id }: { id: string }) {
  const { api } = useDesk();
  const episode = useResource(id, (signal) => api.episode(id, signal));
  const reading = useResource(id, (signal) => api.reading(id, signal));
  const entries = useResource(id, (signal) => api.entries(id, signal));
  const reload = useCallback(() => {
    episode.reload();
    reading.reload();
    entries.reload();
  }, [episode.reload, reading.reload, entries.reload]);
  useWhileVisible(REFRESH_SECONDS, reload);

  if (!episode.data)
    return (
      <>
        <h1 tabIndex={-1}>Episode</h1>
        {episode.error ? <Failure error={episode.error} onRetry={reload} /> : <Waiting label="Loading the episode…" />}
      </>
    );
  return <EpisodePageView episode={episode.data} reading={reading} entries={entries} reload={reload} lost={episode.error} />;
}

function EpisodePageView(props: {
  episode: EpisodeDetail;
  reading: Resource<ReadingPage>;
  entries: Resource<EntryPage>;
  reload: () => void;
  lost: Resource<unknown>["error"];
}) {
  const { episode, reading, entries, reload } = props;
  const [active, setActive] = useState<string | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const byId = useMemo(() => indexed(entries.data?.entries ?? []), [entries.data]);
  const evidence = useMemo(() => {
    const answer = reading.data?.answers.find((item) => item.key === opened);
    return answer ? new Set(answer.evidence) : null;
  }, [reading.data, opened]);
  const notYet = reading.error?.code === "not-readable-yet" ? reading.error : null;
  const version = `${reading.data?.read_at ?? ""} ${entries.data?.entries.length ?? 0} ${episode.revisions.length}`;

  return (
    <>
      <div class="episode-top">
        <div class="episode-main">
          <EpisodeHead episode={episode} />
          <Failure error={props.lost} onRetry={reload} />
          <Alerts alerts={episode.alerts} zone={episode.zone} onChanged={reload} />
          <Quarantine records={entries.data?.quarantine ?? []} zone={episode.zone} />
          {notYet ? (
            <NotReadYet episode={episode} why={notYet.message} />
          ) : (
            episode.performed_at && (
              <ChartPanel episode={episode} entries={byId} version={version} active={active} evidence={evidence} onActive={setActive} />
            )
          )}
        </div>
        <div class="episode-side">
          {reading.data && (
            <Answers page={reading.data} opened={opened} onOpened={setOpened} entries={byId} zone={episode.zone} />
          )}
          {!notYet && <Failure error={reading.error} onRetry={reading.reload} />}
        </div>
        {reading.data && <DataPanel page={reading.data} zone={episode.zone} />}
      </div>
      <div class="episode-rest">
        <EntryTable episode={episode} entries={entries} active={active} evidence={evidence} onActive={setActive} />
        <div class="episode-facts">
          <ProcedureRecord episode={episode} />
          <Phones episode={episode} onChanged={reload} />
        </div>
      </div>
    </>
  );
}

function indexed(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.entry_id, entry]));
}
