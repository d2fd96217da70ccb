/** Records the clinic could not take and versions that compete: looked at, put right or dismissed, never deleted. */
import { useState } from "preact/hooks";
import { useDesk, useResource, useWhileVisible } from "../context";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { dateTime } from "../time";
import { QUARANTINE_CODES, wordsFor } from "../words";
import { ConflictWork } from "./ConflictWork";
import { RecordWork } from "./RecordWork";
import type { InboxItem, InboxKind } from "./types";

const REFRESH_SECONDS = 60;
const KINDS: Readonly<Record<InboxKind, string>> = {
  quarantined: "Unreadable",
  rejected: "Refused",
  conflict: "Two versions",
};

export function InboxScreen() {
  const { api, announce } = useDesk();
  const inbox = useResource("inbox", (signal) => api.inbox(signal));
  const [opened, setOpened] = useState<string | null>(null);
  useWhileVisible(REFRESH_SECONDS, inbox.reload);
  const done = (text: string) => {
    announce(text);
    setOpened(null);
    inbox.reload();
    document.querySelector<HTMLElement>("main h1")?.focus();
  };
  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Inbox</h1>
        <p class="head-note">What phones sent and the diary could not take as it was. Nothing here is read until somebody decides; nothing is deleted.</p>
      </div>
      <Failure error={inbox.error} onRetry={inbox.reload} />
      {!inbox.data && !inbox.error && <Waiting label="Loading the inbox…" />}
      {inbox.data && !inbox.data.items.length && (
        <Empty title="Nothing waits.">
          <p>Records that cannot be read, or that compete with another version, appear here by themselves.</p>
        </Empty>
      )}
      {inbox.data && inbox.data.items.length > 0 && (
        <ul class="inbox plain-list" aria-label="Waiting">
          {inbox.data.items.map((item) => (
            <Item
              key={item.item_id}
              item={item}
              open={opened === item.item_id}
              onToggle={() => setOpened(opened === item.item_id ? null : item.item_id)}
              onDone={done}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function Item(props: { item: InboxItem; open: boolean; onToggle: () => void; onDone: (text: string) => void }) {
  const { item, open } = props;
  const { clinic } = useDesk().session;
  const zone = item.zone ?? clinic.zone;
  const body = `inbox-${item.item_id}`;
  return (
    <li class="card inbox-item">
      <div class="inbox-line">
        <span class={`inbox-kind inbox-kind-${item.kind}`}>{KINDS[item.kind]}</span>
        <div class="inbox-whose">
          {item.episode_id ? <a href={paths.episode(item.episode_id)}>{item.patient.name}</a> : <b>{item.patient.name}</b>}
          <span class="second">
            {item.patient.record_number}
            {item.root && `, ${item.root}`}
          </span>
        </div>
        <div class="inbox-what">
          {item.kind === "conflict" ? "Changed in two places at once" : wordsFor(QUARANTINE_CODES, item.code)}
          {item.received_at && <span class="second">received {dateTime(item.received_at, zone)}</span>}
        </div>
        <button type="button" aria-expanded={open} aria-controls={body} onClick={props.onToggle}>
          {open ? "Close" : "Look"}
          <span class="unseen"> at the record of {item.patient.name}</span>
        </button>
      </div>
      <div id={body} class="inbox-work" hidden={!open}>
        {open &&
          (item.kind === "conflict" ? (
            <ConflictWork item={item} zone={zone} onDone={props.onDone} />
          ) : (
            <RecordWork item={item} zone={zone} onDone={props.onDone} />
          ))}
      </div>
    </li>
  );
}
