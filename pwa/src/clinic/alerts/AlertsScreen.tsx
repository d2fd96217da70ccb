/** The queue of red flags: what waits for whom, by level and due time. */
import { useEffect, useRef, useState } from "preact/hooks";
import { may, useDesk, useNow, useResource, useWhileVisible } from "../context";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { AlertTable } from "./AlertTable";
import { LoadFigures } from "./LoadFigures";
import type { AlertQueue, QueueState } from "./types";

const REFRESH_SECONDS = 30;
const PAGE = 50;
const STATES: { value: QueueState; label: string }[] = [
  { value: "open", label: "Open" },
  { value: "closed", label: "Closed" },
];

export function AlertsScreen() {
  const { api, announce } = useDesk();
  const [state, setState] = useState<QueueState>("open");
  const [limit, setLimit] = useState(PAGE);
  const now = useNow(15);
  const queue = useResource(`${state} ${limit}`, (signal) => api.alerts({ state, limit, offset: 0 }, signal));
  useWhileVisible(REFRESH_SECONDS, queue.reload);
  useNewAlerts(queue.data, announce);

  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Alerts</h1>
        <div class="filters" role="group" aria-label="Which alerts">
          {STATES.map(({ value, label }) => (
            <button key={value} type="button" aria-pressed={state === value} onClick={() => setState(value)}>
              {label}
            </button>
          ))}
        </div>
        {queue.data && state === "open" && <p class="head-note">{waitingText(queue.data)}</p>}
      </div>
      {queue.data && <NobodyToTell queue={queue.data} />}
      <Failure error={queue.error} onRetry={queue.reload} />
      {queue.data ? (
        queue.data.alerts.length ? (
          <AlertTable queue={queue.data} now={now} closed={state === "closed"} onChanged={queue.reload} />
        ) : (
          <Empty title={state === "open" ? "Nothing waits." : "No alert has been closed yet."}>
            <p>Reports of red flags appear here by themselves, the gravest first.</p>
          </Empty>
        )
      ) : (
        !queue.error && <Waiting label="Loading the alerts…" />
      )}
      {queue.data && queue.data.total > queue.data.alerts.length && (
        <button type="button" class="quiet" onClick={() => setLimit(limit + PAGE)}>
          Show more
        </button>
      )}
      <LoadFigures />
    </>
  );
}

/** Somebody who listens instead of looking hears of a new report, too. */
function useNewAlerts(queue: AlertQueue | null, announce: (text: string) => void): void {
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (!queue) return;
    const waiting = queue.counts.E + queue.counts.S + queue.counts.N;
    if (before.current !== null && waiting > before.current) announce(waitingText(queue));
    before.current = waiting;
  }, [queue]);
}

export function waitingText({ counts }: AlertQueue): string {
  const waiting = counts.E + counts.S + counts.N;
  if (!waiting) return "Everything is acknowledged.";
  const late = counts.late ? `, ${counts.late} past due` : "";
  return `${waiting} not acknowledged${late}`;
}

function NobodyToTell({ queue }: { queue: AlertQueue }) {
  const { role } = useDesk().session.clinician;
  const levels = [queue.contacts.E === 0 && "emergency", queue.contacts.S === 0 && "same-day"].filter(Boolean);
  if (!levels.length) return null;
  return (
    <div class="notice notice-warn">
      <p>
        Nobody is told outside this page when {levels.join(" and ")} alerts are not acknowledged in time.{" "}
        {may(role, "settings") ? <a href={paths.settings}>Add contacts</a> : "Your administrator can add contacts in the settings."}
      </p>
    </div>
  );
}
