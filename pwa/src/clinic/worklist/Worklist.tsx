/** All episodes of the clinic, group by group in the order of the day. */
import { useEffect, useRef, useState } from "preact/hooks";
import { may, useDesk, useNow, useResource } from "../context";
import { rememberWorklist, worklistView } from "../memory";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import type { EpisodePage } from "../types";
import { EpisodeTable } from "./EpisodeTable";
import { FilterBar } from "./FilterBar";
import { GroupTabs } from "./GroupTabs";
import { onWorklistKey } from "./keys";
import { useLive } from "./useLive";
import { countOf, searchBody, type WorklistView } from "./view";

const PAGE = 50;

export function Worklist() {
  const { api, session } = useDesk();
  const [view, setView] = useState(worklistView);
  const [open, setOpen] = useState(countOf(view.filters) > 0);
  const now = useNow(30);
  const body = searchBody(view, PAGE);
  const list = useResource(JSON.stringify(body), (signal) => api.episodes(body, signal));
  const shown = useLast(list.data);
  const change = (part: Partial<WorklistView>) => setView((now) => ({ ...now, offset: 0, ...part }));
  useLive(list.data?.pulse ?? null, list.reload);
  useNews(shown);
  useEffect(() => rememberWorklist(view), [view]);
  useEffect(() => {
    document.addEventListener("keydown", onWorklistKey);
    return () => document.removeEventListener("keydown", onWorklistKey);
  }, []);

  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Worklist</h1>
        <Search search={view.search} onSearch={(search) => change({ search })} />
        <button type="button" aria-expanded={open} aria-controls="worklist-filters" onClick={() => setOpen(!open)}>
          Filter{countOf(view.filters) > 0 && <b class="filter-count">{countOf(view.filters)}</b>}
        </button>
        {may(session.clinician.role, "enrol") && (
          <a class="button primary head-action" href={paths.enrol}>
            Enrol a patient
          </a>
        )}
      </div>
      {open && (
        <FilterBar
          filters={view.filters}
          sort={view.sort}
          onFilters={(filters) => change({ filters })}
          onSort={(sort) => change({ sort })}
        />
      )}
      <GroupTabs counts={shown?.counts ?? null} group={view.group} onGroup={(group) => change({ group })} />
      <Failure error={list.error} onRetry={list.reload} />
      {shown ? (
        <>
          <Rows page={shown} now={now} view={view} />
          <Pages page={shown} offset={view.offset} onOffset={(offset) => setView({ ...view, offset })} />
        </>
      ) : (
        !list.error && <Waiting label="Loading the worklist…" />
      )}
    </>
  );
}

/** The last page that arrived: the list does not blink while a search is on its way. */
function useLast<T>(value: T | null): T | null {
  const last = useRef<T | null>(null);
  if (value) last.current = value;
  return last.current;
}

/** Says aloud when a red flag came in while the list was open; other changes are quiet. */
function useNews(page: EpisodePage | null): void {
  const { announce } = useDesk();
  const before = useRef<number | null>(null);
  const flags = page?.counts["flags"] ?? null;
  useEffect(() => {
    if (before.current !== null && flags !== null && flags > before.current) announce("A new red flag is in the worklist.");
    before.current = flags;
  }, [flags, announce]);
}

function Search(props: { search: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(props.search);
  const latest = useRef(props.onSearch);
  latest.current = props.onSearch;
  useEffect(() => {
    if (typed.trim() === props.search) return;
    const timer = setTimeout(() => latest.current(typed.trim()), 200);
    return () => clearTimeout(timer);
  }, [typed, props.search]);
  return (
    <div class="search" role="search">
      <label class="unseen" for="worklist-search">
        Search by name or record number
      </label>
      <input
        id="worklist-search"
        type="search"
        placeholder="Name or record number"
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}

function Rows(props: { page: EpisodePage; now: Date; view: WorklistView }) {
  const { page, now, view } = props;
  const { session } = useDesk();
  if (page.episodes.length) return <EpisodeTable page={page} now={now} grouped={view.sort === "triage"} />;
  if (view.search || view.group || countOf(view.filters))
    return (
      <Empty title="No episode fits.">
        <p>Try part of the name, the record number, another group, or fewer filters.</p>
      </Empty>
    );
  return (
    <Empty title="No patients yet.">
      {may(session.clinician.role, "enrol") ? (
        <>
          <p>Enrol the first one: it takes about a minute, and the patient's phone joins by a QR picture.</p>
          <p>
            <a class="button primary" href={paths.enrol}>
              Enrol a patient
            </a>
          </p>
        </>
      ) : (
        <p>Episodes appear here once a physician or a nurse has enrolled a patient.</p>
      )}
    </Empty>
  );
}

function Pages(props: { page: EpisodePage; offset: number; onOffset: (offset: number) => void }) {
  const { total, episodes } = props.page;
  if (!total) return null;
  const last = props.offset + episodes.length;
  return (
    <nav class="pages" aria-label="Pages of the worklist">
      <span class="keys-hint" aria-hidden="true">
        <kbd>j</kbd> <kbd>k</kbd> rows <kbd>Enter</kbd> open <kbd>/</kbd> search
      </span>
      <span>
        {props.offset + 1}–{last} of {total}
      </span>
      {total > PAGE && (
        <>
          <button type="button" class="quiet" disabled={props.offset === 0} onClick={() => props.onOffset(Math.max(0, props.offset - PAGE))}>
            Previous
          </button>
          <button type="button" class="quiet" disabled={last >= total} onClick={() => props.onOffset(last)}>
            Next
          </button>
        </>
      )}
    </nav>
  );
}
