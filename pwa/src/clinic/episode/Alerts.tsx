/** Red flags the patient reported: what is due, and who has seen what. */
import { useState } from "preact/hooks";
import { may, useAction, useDesk, useNow } from "../context";
import { AlertBadge } from "../parts/badges";
import { Failure } from "../parts/notices";
import { ago, dueText } from "../time";
import type { Alert, Entry, EpisodeDetail } from "../types";
import { tied } from "../words";
import { kindText, seenText, whyText } from "./alertText";
import { momentOf } from "./entryText";

export function Alerts(props: { episode: EpisodeDetail; entries: ReadonlyMap<string, Entry>; onChanged: () => void }) {
  const { alerts, performed_at: t0, zone } = props.episode;
  if (!alerts.length) return null;
  const open = alerts.filter((alert) => !alert.acknowledged_at);
  const seen = alerts.filter((alert) => alert.acknowledged_at);
  const why = (alert: Alert) => {
    const entry = props.entries.get(alert.entry_id);
    return whyText(alert, entry ? momentOf(entry) : alert.opened_at, t0);
  };
  return (
    <section class="alerts" aria-label="Alerts">
      {open.map((alert) => (
        <OpenAlert key={alert.alert_id} alert={alert} why={why(alert)} zone={zone} onChanged={props.onChanged} />
      ))}
      {seen.map((alert) => (
        <SeenAlert key={alert.alert_id} alert={alert} why={why(alert)} zone={zone} />
      ))}
    </section>
  );
}

function OpenAlert(props: { alert: Alert; why: string | null; zone: string; onChanged: () => void }) {
  const { alert, why, zone } = props;
  const { role } = useDesk().session.clinician;
  const now = useNow(15);
  return (
    <div class={`alert alert-${alert.level}`}>
      <AlertBadge level={alert.level} count={1} />
      <p class="alert-text">
        <b>{kindText(alert)}</b>
        {why && <span>{tied(why)}</span>}
        <span>
          {alert.reports > 1 && `${alert.reports} reports, `}
          told {ago(alert.opened_at, now, zone)}
          {alert.due_at && `, ${dueText(alert.due_at, now, zone)}`}
        </span>
      </p>
      {may(role, "alerts") && <Acknowledge alert={alert} onChanged={props.onChanged} />}
    </div>
  );
}

/** Two clicks in one place: a slip must not take an emergency off the list. */
function Acknowledge({ alert, onChanged }: { alert: Alert; onChanged: () => void }) {
  const { api, announce } = useDesk();
  const { busy, error, run } = useAction();
  const [asking, setAsking] = useState(false);
  const acknowledge = async () => {
    const done = await run(() => api.acknowledge(alert.alert_id).then(() => true));
    if (!done) return;
    announce("Acknowledged.");
    onChanged();
  };
  return (
    <>
      {asking ? (
        <div class="form-actions" role="group" aria-label="Have you seen this report?">
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            Not yet
          </button>
          <button type="button" class="primary" disabled={busy} onClick={acknowledge}>
            {busy ? "Saving…" : "Yes, I have seen it"}
          </button>
        </div>
      ) : (
        <button type="button" onClick={() => setAsking(true)}>
          Acknowledge
        </button>
      )}
      <Failure error={error} />
    </>
  );
}

/** Stays in sight: that there was a red flag is part of the course. */
function SeenAlert({ alert, why, zone }: { alert: Alert; why: string | null; zone: string }) {
  return (
    <p class="alert-seen">
      <AlertBadge level={alert.level} count={1} />
      <span>
        <b>{kindText(alert)}</b>
        {why && <span class="second">{tied(why)}</span>}
        <span class="second">{seenText(alert, zone)}</span>
      </span>
    </p>
  );
}
