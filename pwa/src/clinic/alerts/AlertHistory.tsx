/** Everything that happened to an alert, oldest first. */
import { eventText, eventTime, noteOf } from "./historyText";
import type { AlertEvent } from "./types";

export function AlertHistory(props: { history: readonly AlertEvent[]; zone: string }) {
  return (
    <ol class="alert-history" aria-label="History of this alert">
      {props.history.map((event) => (
        <li key={event.number}>
          <time dateTime={event.at}>{eventTime(event, props.zone)}</time>
          <span>
            {eventText(event)}
            {noteOf(event) && <q class="alert-note">{noteOf(event)}</q>}
          </span>
        </li>
      ))}
    </ol>
  );
}
