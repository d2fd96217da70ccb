/** One episode on one page: the chart, the four answers, and everything they rest on. */
import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { type Resource, useDesk, useResource, useWhileVisible } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { SignOffPanel } from "../sign/SignOffPanel";
import type { SignOff } from "../sign/types";
import type { Entry, EntryPage, EpisodeDetail, ReadingPage } from "../types";
import { Alerts } from "./Alerts";
import { Answers } from "./Answers";
import { ChartPanel } from "./ChartPanel";
import { EntryTable } from "./EntryTable";
import { EpisodeHead } from "./EpisodeHead";
import { TrialNotice } from "./Lines";
import { NotReadYet } from "./NotReadYet";
import { EndEarlier } from "./OtherBlocks";
import { Phones } from "./Phones";
import { ProcedureRecord } from "./ProcedureRecord";
import { Quarantine } from "./Quarantine";
import { DataPanel } from "./DataPanel";

const REFRESH_SECONDS = 60;
const NOTHING: ReadonlySet<string> = new Set();

export function EpisodeScreen({ id }: { id: string }) {
  const { api } = useDesk();
  const episode = useResource(id, (signal) => api.episode(id, signal));
  // Before T0, and of a block that never happened, there is nothing to ask for: no needless refusals.
  const readable = episode.data !== null && isRead(episode.data);
  const reading = useResource<ReadingPage | null>(`${id} ${readable}`, async (signal) => (readable ? api.reading(id, null, signal) : null));
  const [tried, setTried] = useState<string | null>(null);
  const trial = useResource<ReadingPage | null>(`${id} ${tried}`, async (signal) => (tried ? api.reading(id, tried, signal) : null));
  const entries = useResource(id, (signal) => api.entries(id, signal));
  const signOff = useResource<SignOff | null>(`${id} ${readable}`, async (signal) => (readable ? api.signOff(id, signal) : null));
  const reload = useCallback(() => {
    episode.reload();
    reading.reload();
    entries.reload();
    signOff.reload();
  }, [episode.reload, reading.reload, entries.reload, signOff.reload]);
  useWhileVisible(REFRESH_SECONDS, reload);

  if (!episode.data)
    return (
      <>
        <h1 tabIndex={-1}>Episode</h1>
        {episode.error ? <Failure error={episode.error} onRetry={reload} /> : <Waiting label="Loading the episode…" />}
      </>
    );
  return (
    <EpisodePageView
      episode={episode.data}
      reading={reading}
      trial={tried ? trial.data : null}
      onTried={setTried}
      entries={entries}
      signOff={signOff}
      reload={reload}
      lost={episode.error}
    />
  );
}

function EpisodePageView(props: {
  episode: EpisodeDetail;
  reading: Resource<ReadingPage | null>;
  /** The reading under another line, while one is tried. */
  trial: ReadingPage | null;
  onTried: (criteria: string | null) => void;
  entries: Resource<EntryPage>;
  signOff: Resource<SignOff | null>;
  reload: () => void;
  lost: Resource<unknown>["error"];
}) {
  const { episode, reading, trial, onTried, entries, reload } = props;
  const page = trial ?? reading.data;
  const [active, setActive] = useState<string | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<string>>(NOTHING);
  const [behind, setBehind] = useState<ReadonlySet<string> | null>(null);
  const byId = useMemo(() => indexed(entries.data?.entries ?? []), [entries.data]);
  const evidence = useMemo(() => {
    const shown = (page?.answers ?? []).filter((answer) => opened.has(answer.key));
    const ids = [...(behind ?? []), ...shown.flatMap((answer) => answer.evidence)];
    return shown.length || behind ? new Set(ids) : null;
  }, [page, opened, behind]);
  const notYet = reading.error?.code === "not-readable-yet" ? reading.error : null;
  const known = reading.data && entries.data && `${reading.data.read_at} ${entries.data.entries.length} ${episode.revisions.length}`;
  const version = useChanges(known);
  const charted = isRead(episode) && !notYet;
  // What stands below comes once the height of what stands above is known, so that nothing moves under a finger.
  const [drawn, setDrawn] = useState(false);
  const settled = !charted || (drawn && over(reading) && over(props.signOff));

  return (
    <>
      <div class="episode-top">
        <div class="episode-main">
          <EpisodeHead episode={episode} />
          <Failure error={props.lost} onRetry={reload} />
          <Alerts episode={episode} entries={byId} onChanged={reload} />
          <EndEarlier episode={episode} />
          <Quarantine records={entries.data?.quarantine ?? []} zone={episode.zone} />
          {charted ? (
            <ChartPanel
              episode={episode}
              entries={byId}
              version={version}
              criteria={trial?.reading.criteria ?? null}
              active={active}
              evidence={evidence}
              onActive={setActive}
              onSettled={() => setDrawn(true)}
            />
          ) : (
            <NotReadYet episode={episode} />
          )}
        </div>
        <div class="episode-side">
          {page && reading.data && (
            <>
              <TrialNotice page={page} onTried={onTried} />
              <Answers
                page={page}
                inForce={reading.data.reading.criteria}
                onTried={onTried}
                opened={opened}
                onOpened={setOpened}
                entries={byId}
                zone={episode.zone}
              />
            </>
          )}
          {!notYet && <Failure error={reading.error} onRetry={reading.reload} />}
          {reading.data && !trial && (
            <SignOffPanel episodeId={episode.episode_id} signOff={props.signOff} entries={byId} zone={episode.zone} onSigned={reload} />
          )}
        </div>
        {page && settled && (
          <div class="episode-below">
            <DataPanel page={page} episode={episode} entries={byId} onEvidence={setBehind} />
          </div>
        )}
      </div>
      {settled && (
        <div class="episode-rest">
          <EntryTable episode={episode} entries={entries} active={active} evidence={evidence} onActive={setActive} />
          <div class="episode-facts">
            <ProcedureRecord episode={episode} />
            <Phones episode={episode} onChanged={reload} />
          </div>
        </div>
      )}
    </>
  );
}

/** Whether the first answer has come, whatever it was. */
function over({ data, error }: Pick<Resource<unknown>, "data" | "error">): boolean {
  return data !== null || error !== null;
}

/** A word that changes when `known` does, and not when it becomes known: what was drawn meanwhile is of that data. */
function useChanges(known: string | null): string {
  const first = useRef<string | null>(null);
  first.current ??= known;
  return known === null || known === first.current ? "" : known;
}

/** Every reading has a verdict; without T0 or without a baseline there is none, and no chart either. */
function isRead({ status, performed_at, verdict }: EpisodeDetail): boolean {
  return verdict !== null && performed_at !== null && (status === "performed" || status === "closed");
}

function indexed(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map((entry) => [entry.entry_id, entry]));
}
