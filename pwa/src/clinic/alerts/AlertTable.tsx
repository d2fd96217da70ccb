/** The queue's rows: whose report, how grave, since when, due when, whose work. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { may, useDesk, useResource } from "../context";
import { kindText } from "../episode/alertText";
import { AlertBadge } from "../parts/badges";
import { ColumnHeads } from "../parts/ColumnHeads";
import { Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { ago, dateTime, dueText, weekday, wallAt } from "../time";
import { ALERT_OUTCOMES, root, wordsFor } from "../words";
import { AlertHistory } from "./AlertHistory";
import { Acknowledge, OutcomeForm, OwnerField } from "./AlertWork";
import type { AlertQueue, OneAlert, QueuedAlert } from "./types";

const COLUMNS = ["Level", "Patient", "Report", "Told", "Due", "Looked after by", "Work"];

export function AlertTable(props: { queue: AlertQueue; now: Date; closed: boolean; onChanged: () => void }) {
  const columns = props.closed ? COLUMNS.with(4, "Outcome") : COLUMNS;
  return (
    // The roles are written out because narrow screens lay the table out as cards.
    <table class="worklist queue" role="table" aria-label="Alerts">
      <ColumnHeads names={columns} />
      {props.queue.alerts.map((alert) => (
        <Rows key={alert.alert_id} alert={alert} {...props} />
      ))}
    </table>
  );
}

function Cell(props: { name: string; children: ComponentChildren }) {
  return (
    <td role="cell" data-name={props.name}>
      {props.children}
    </td>
  );
}

function Rows(props: { alert: QueuedAlert; queue: AlertQueue; now: Date; closed: boolean; onChanged: () => void }) {
  const { alert, now, closed } = props;
  const { role } = useDesk().session.clinician;
  const [open, setOpen] = useState(false);
  const { episode } = alert;
  const waits = !closed && !alert.acknowledged_at;
  return (
    <tbody role="rowgroup">
      <tr role="row" class={waits ? `has-alert has-alert-${alert.level}` : undefined}>
        <Cell name="Level">
          <span class={waits ? undefined : "calm"}>
            <AlertBadge level={alert.level} count={1} />
          </span>
        </Cell>
        <th role="rowheader" scope="row">
          <a class="queue-patient" href={paths.episode(episode.episode_id)}>
            {episode.patient.name}
          </a>
          <span class="second">
            {episode.patient.record_number} · {root(episode)}
          </span>
        </th>
        <Cell name="Report">
          {kindText(alert)}
          {alert.reports > 1 && <span class="second">{alert.reports} reports</span>}
        </Cell>
        <Cell name="Told">{ago(alert.opened_at, now, episode.zone)}</Cell>
        {closed ? (
          <Cell name="Outcome">
            {wordsFor(ALERT_OUTCOMES, alert.outcome)}
            {alert.closed_at && <span class="second">{dateTime(alert.closed_at, episode.zone)}</span>}
          </Cell>
        ) : (
          <Cell name="Due">
            <Due alert={alert} now={now} />
          </Cell>
        )}
        <Cell name="Looked after by">{alert.owner ?? <span class="faint">nobody yet</span>}</Cell>
        <Cell name="Work">
          <div class="queue-work">
            {waits && may(role, "alerts") && <Acknowledge alert={alert} onChanged={props.onChanged} />}
            <button type="button" class="why" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? "Hide" : waits || !may(role, "alerts") || closed ? "History" : "Outcome"}
              <span class="unseen"> of the alert of {episode.patient.name}</span>
            </button>
          </div>
        </Cell>
      </tr>
      {open && (
        <tr role="row" class="queue-detail">
          <td role="cell" colSpan={COLUMNS.length}>
            <Detail {...props} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Due({ alert, now }: { alert: QueuedAlert; now: Date }) {
  const { zone } = alert.episode;
  if (alert.acknowledged_at) return <span class="faint">seen {ago(alert.acknowledged_at, now, zone)}</span>;
  if (!alert.due_at) return null;
  const late = Date.parse(alert.due_at) < now.getTime();
  const ahead = Date.parse(alert.due_at) - now.getTime() > 20 * 3_600_000;
  return (
    <>
      <span class={late ? "late" : undefined}>{dueText(alert.due_at, now, zone)}</span>
      {ahead && <span class="second">{weekday(wallAt(alert.due_at, zone))}</span>}
      {alert.steps > 0 && <span class="second">escalated {alert.steps === 1 ? "once" : `${alert.steps} times`}</span>}
    </>
  );
}

function Detail(props: { alert: QueuedAlert; queue: AlertQueue; onChanged: () => void }) {
  const { alert, queue, onChanged } = props;
  const { api, session } = useDesk();
  const one = useResource<OneAlert>(`${alert.alert_id} ${alert.acknowledged_at} ${alert.reports} ${alert.steps}`, (signal) =>
    api.alert(alert.alert_id, signal),
  );
  const changed = (next: OneAlert) => {
    one.replace(next);
    onChanged();
  };
  if (!one.data) return one.error ? <Failure error={one.error} onRetry={one.reload} /> : <Waiting label="Loading…" />;
  return (
    <div class="queue-open">
      <AlertHistory history={one.data.history} zone={alert.episode.zone} />
      {may(session.clinician.role, "alerts") && (
        <div class="queue-forms">
          {!alert.closed_at && <OwnerField alert={one.data} owners={queue.owners} onChanged={changed} />}
          <OutcomeForm alert={one.data} onChanged={changed} />
        </div>
      )}
    </div>
  );
}
