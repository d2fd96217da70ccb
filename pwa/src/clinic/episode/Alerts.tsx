/** Red flags the patient reported: what is due, and who took it. */
import { may, useAction, useDesk, useNow } from "../context";
import { AlertBadge } from "../parts/badges";
import { Failure } from "../parts/notices";
import { ago, dueText } from "../time";
import type { Alert } from "../types";
import { RED_FLAGS, wordsFor } from "../words";

export function Alerts(props: { alerts: Alert[]; zone: string; onChanged: () => void }) {
  const open = props.alerts.filter((alert) => !alert.acknowledged_at);
  const done = props.alerts.filter((alert) => alert.acknowledged_at);
  if (!props.alerts.length) return null;
  return (
    <section class="alerts" aria-label="Alerts">
      {open.map((alert) => (
        <OpenAlert key={alert.alert_id} alert={alert} zone={props.zone} onChanged={props.onChanged} />
      ))}
      {done.length > 0 && (
        <details class="fold">
          <summary>{done.length === 1 ? "1 alert acknowledged" : `${done.length} alerts acknowledged`}</summary>
          <ul class="plain-list">
            {done.map((alert) => (
              <DoneAlert key={alert.alert_id} alert={alert} zone={props.zone} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** The server's title of the red flag; its short name where there is none. */
function kindText(alert: Alert): string {
  return alert.title && alert.title !== alert.kind ? alert.title : wordsFor(RED_FLAGS, alert.kind);
}

function OpenAlert(props: { alert: Alert; zone: string; onChanged: () => void }) {
  const { alert, zone } = props;
  const { api, session, announce } = useDesk();
  const { busy, error, run } = useAction();
  const now = useNow(15);
  const acknowledge = async () => {
    const done = await run(() => api.acknowledge(alert.alert_id).then(() => true));
    if (!done) return;
    announce("Acknowledged.");
    props.onChanged();
  };
  return (
    <div class={`alert alert-${alert.level}`}>
      <AlertBadge level={alert.level} count={1} />
      <p class="alert-text">
        <b>{kindText(alert)}</b>
        <span>
          {alert.reports > 1 && `${alert.reports} reports, `}
          told {ago(alert.opened_at, now, zone)}
          {alert.due_at && `, ${dueText(alert.due_at, now, zone)}`}
        </span>
      </p>
      {may(session.clinician.role, "alerts") && (
        <button type="button" disabled={busy} onClick={acknowledge}>
          {busy ? "Saving…" : "Acknowledge"}
        </button>
      )}
      <Failure error={error} />
    </div>
  );
}

function DoneAlert({ alert, zone }: { alert: Alert; zone: string }) {
  const now = useNow(60);
  return (
    <li>
      {kindText(alert)}, {alert.acknowledged_at && ago(alert.acknowledged_at, now, zone)}
      {alert.acknowledged_by && ` by ${alert.acknowledged_by}`}
    </li>
  );
}
