/** Red flags the patient reported: what is due, who has seen what, and everything that happened since. */
import { useState } from "preact/hooks";
import { AlertHistory } from "../alerts/AlertHistory";
import { Acknowledge, OutcomeForm } from "../alerts/AlertWork";
import { may, useDesk, useNow } from "../context";
import { AlertBadge } from "../parts/badges";
import { ago, dueText } from "../time";
import type { Alert, Entry, EpisodeDetail } from "../types";
import { tied } from "../words";
import { kindText, outcomeText, seenText, whyText } from "./alertText";
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
        <SeenAlert key={alert.alert_id} alert={alert} why={why(alert)} zone={zone} onChanged={props.onChanged} />
      ))}
    </section>
  );
}

interface AlertProps {
  alert: Alert;
  why: string | null;
  zone: string;
  onChanged: () => void;
}

function OpenAlert({ alert, why, zone, onChanged }: AlertProps) {
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
      {may(role, "alerts") && <Acknowledge alert={alert} onChanged={onChanged} />}
      <Fold alert={alert} zone={zone} onChanged={onChanged} />
    </div>
  );
}

/** Stays in sight: that there was a red flag is part of the course. */
function SeenAlert({ alert, why, zone, onChanged }: AlertProps) {
  return (
    <div class="alert-seen">
      <AlertBadge level={alert.level} count={1} />
      <div class="alert-seen-text">
        <p>
          <b>{kindText(alert)}</b>
          {why && <span class="second">{tied(why)}</span>}
          <span class="second">{seenText(alert, zone)}</span>
          <span class="second">{outcomeText(alert)}</span>
        </p>
        <Fold alert={alert} zone={zone} onChanged={onChanged} />
      </div>
    </div>
  );
}

/** The history, and under it the work, which waits until it is looked for. */
function Fold({ alert, zone, onChanged }: Omit<AlertProps, "why">) {
  const { role } = useDesk().session.clinician;
  const [open, setOpen] = useState(false);
  const work = may(role, "alerts") && alert.acknowledged_at !== null;
  return (
    <details class="fold alert-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{work && !alert.closed_at ? "History and outcome" : "History"}</summary>
      {open && (
        <div class="queue-open">
          <AlertHistory history={alert.history ?? []} zone={zone} />
          {work && <OutcomeForm alert={alert} onChanged={onChanged} />}
        </div>
      )}
    </details>
  );
}
