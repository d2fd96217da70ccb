/** The newest messages to staff, and where each stands: a broken mail server is seen here. */
import type { Resource } from "../context";
import { useDesk } from "../context";
import { Failure } from "../parts/notices";
import { dateTime } from "../time";
import { MESSAGE_CHANNELS, MESSAGE_KINDS, wordsFor } from "../words";
import { messageText } from "./partText";
import type { StaffMessage } from "./types";

export function Messages({ list }: { list: Resource<StaffMessage[]> }) {
  const { zone } = useDesk().session.clinic;
  if (!list.data?.length) return <Failure error={list.error} onRetry={list.reload} />;
  return (
    <section class="card form-section settings-part" aria-labelledby="messages-title">
      <div class="part-head">
        <h2 id="messages-title">Messages to staff</h2>
        <button type="button" class="quiet" onClick={list.reload}>
          Look again
        </button>
      </div>
      <ul class="messages plain-list">
        {list.data.map((message) => (
          <li key={message.message_id} class={message.status === "waiting" && message.problem ? "caution" : undefined}>
            <b>{wordsFor(MESSAGE_KINDS, message.kind)}</b> to {message.recipient} by {wordsFor(MESSAGE_CHANNELS, message.channel)}
            <span class="second">{dateTime(message.created_at, zone)}</span>
            <span class="message-state">{messageText(message, zone)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
