/** All episodes of the clinic, open red flags first. */
import { useEffect, useRef, useState } from "preact/hooks";
import { may, useDesk, useNow, useResource, useWhileVisible } from "./context";
import { rememberWorklist, worklistView } from "./memory";
import { Empty, Failure, Waiting } from "./parts/notices";
import { paths } from "./route";
import { EpisodeTable } from "./EpisodeTable";
import type { EpisodePage } from "./types";

const PAGE = 100;
const REFRESH_SECONDS = 60;

const FILTERS = [
  { value: "", label: "All" },
  { value: "performed", label: "Performed" },
  { value: "planned", label: "Planned" },
  { value: "closed", label: "Closed" },
  { value: "cancelled", label: "Cancelled" },
];

export function Worklist() {
  const { api, session } = useDesk();
  const [view, setView] = useState(worklistView);
  const [typed, setTyped] = useState(view.search);
  const now = useNow(30);
  const list = useResource(JSON.stringify(view), (signal) => api.episodes({ ...view, limit: PAGE }, signal));
  const shown = useLast(list.data);
  useWhileVisible(REFRESH_SECONDS, list.reload);

  useEffect(() => rememberWorklist(view), [view]);
  useEffect(() => {
    if (typed.trim() === view.search) return;
    // On the view as it is by then: a filter may be chosen before the time is up.
    const timer = setTimeout(() => setView((now) => ({ ...now, search: typed.trim(), offset: 0 })), 200);
    return () => clearTimeout(timer);
  }, [typed]);

  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Worklist</h1>
        <Search typed={typed} onTyped={setTyped} />
        <Filters status={view.status} onStatus={(status) => setView({ ...view, status, offset: 0 })} />
        {may(session.clinician.role, "enrol") && (
          <a class="button primary head-action" href={paths.enrol}>
            Enrol a patient
          </a>
        )}
      </div>
      <Failure error={list.error} onRetry={list.reload} />
      {shown ? (
        <>
          <Rows page={shown} now={now} filtered={view.search !== "" || view.status !== ""} />
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

function Search(props: { typed: string; onTyped: (text: string) => void }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
      if (event.key !== "/" || writing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener("keydown", slash);
    return () => document.removeEventListener("keydown", slash);
  }, []);
  return (
    <div class="search" role="search">
      <label class="unseen" for="worklist-search">
        Search by name or record number
      </label>
      <input
        id="worklist-search"
        ref={box}
        type="search"
        placeholder="Name or record number"
        autocomplete="off"
        spellcheck={false}
        value={props.typed}
        onInput={(event) => props.onTyped(event.currentTarget.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </div>
  );
}

function Filters(props: { status: string; onStatus: (status: string) => void }) {
  return (
    <div class="filters" role="group" aria-label="Status">
      {FILTERS.map(({ value, label }) => (
        <button key={value} type="button" aria-pressed={props.status === value} onClick={() => props.onStatus(value)}>
          {label}
        </button>
      ))}
    </div>
  );
}

function Rows(props: { page: EpisodePage; now: Date; filtered: boolean }) {
  const { session } = useDesk();
  if (props.page.episodes.length) return <EpisodeTable rows={props.page.episodes} now={props.now} />;
  if (props.filtered)
    return (
      <Empty title="No episode fits.">
        <p>Try part of the name, the record number, or another status.</p>
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
