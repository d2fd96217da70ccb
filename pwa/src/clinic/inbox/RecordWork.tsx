/** One record as it came, and the two things that can be done with it. */
import { useState } from "preact/hooks";
import { may, useDesk, useResource } from "../context";
import { rawText } from "../episode/Quarantine";
import { quarantineText } from "../episode/quarantineText";
import { SelectField, TextField } from "../parts/inputs";
import { Failure, Waiting } from "../parts/notices";
import { SCALES } from "../words";
import { type Given, givenOf, bodyOfGiven, isEntry } from "./correction";
import { DecisionForm } from "./DecisionForm";
import type { InboxItem, InboxRecord } from "./types";

export interface WorkProps {
  item: InboxItem;
  zone: string;
  onDone: (text: string) => void;
}

export function RecordWork({ item, zone, onDone }: WorkProps) {
  const { api, session } = useDesk();
  const record = useResource(item.item_id, (signal) => api.inboxRecord(item.item_id, signal));
  if (!record.data) return record.error ? <Failure error={record.error} onRetry={record.reload} /> : <Waiting label="Loading the record…" />;
  const found = record.data;
  const { problem, when } = quarantineText({ ...found, quarantine_id: found.item_id }, zone);
  return (
    <>
      <p>
        <b>{problem}</b>, {when}
      </p>
      <pre class="inbox-raw" tabIndex={0} aria-label="Record as received">
        {rawText(found.raw)}
      </pre>
      {may(session.clinician.role, "alerts") && <Decide record={found} onDone={onDone} />}
    </>
  );
}

function Decide({ record, onDone }: { record: InboxRecord; onDone: (text: string) => void }) {
  const { api } = useDesk();
  const [given, setGiven] = useState<Given>(() => givenOf(record.raw));
  const [episode, setEpisode] = useState(record.episode_id ?? (record.episodes.length === 1 ? (record.episodes[0] ?? "") : ""));
  const correctable = isEntry(record.raw);
  return (
    <DecisionForm
      correct={correctable ? () => ({ body: bodyOfGiven(given), episode_id: episode || null }) : null}
      decide={(decision) => api.decideRecord(record.item_id, decision)}
      onDone={onDone}
    >
      {correctable && (
        <div class="inbox-fields">
          <TextField name="inbox-felt" label="Felt at" hint="With its zone, as received" value={given.taken_at} onValue={(taken_at) => setGiven({ ...given, taken_at })} />
          <SelectField
            name="inbox-scale"
            label="Scale"
            value={given.scale}
            options={Object.entries(SCALES).map(([value, label]) => ({ value, label }))}
            onValue={(scale) => setGiven({ ...given, scale })}
          />
          <TextField name="inbox-pain" label="Pain" inputMode="numeric" width="tiny" value={given.pain} onValue={(pain) => setGiven({ ...given, pain })} />
          {!record.episode_id && record.episodes.length > 1 && (
            <SelectField
              name="inbox-episode"
              label="Injection"
              value={episode}
              options={[{ value: "", label: "Choose" }, ...record.episodes.map((value, place) => ({ value, label: `Injection ${place + 1}` }))]}
              onValue={setEpisode}
            />
          )}
        </div>
      )}
    </DecisionForm>
  );
}
