/** One record as it came, and the two things that can be done with it. */
import { useState } from "preact/hooks";
import { may, useDesk, useResource } from "../context";
import { rawText } from "../episode/Quarantine";
import { quarantineText } from "../episode/quarantineText";
import { SelectField } from "../parts/inputs";
import { Failure, Waiting } from "../parts/notices";
import { TITLES } from "../redFlags";
import { CorrectionFields } from "./CorrectionFields";
import { bodyOfGiven, type Given, givenOf, type Kind, KINDS, kindOf, lacksSymptom } from "./correction";
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
  const told = kindOf(record.raw);
  const [kind, setKind] = useState<Kind | "">(told ?? "");
  const [given, setGiven] = useState<Given>(() => givenOf(record.raw, Object.keys(TITLES)));
  const [episode, setEpisode] = useState(record.episode_id ?? (record.episodes.length === 1 ? (record.episodes[0] ?? "") : ""));
  const correction = kind && !lacksSymptom(kind, given, record.raw) && {
    body: bodyOfGiven(kind, given, record.raw, record.where),
    episode_id: episode || null,
    ...(told === "" ? { kind } : {}),
  };
  return (
    <DecisionForm correct={correction ? () => correction : null} decide={(decision) => api.decideRecord(record.item_id, decision)} onDone={onDone}>
      {told !== null && (
        <div class="inbox-fields">
          {told === "" && (
            <SelectField
              name="inbox-kind"
              label="What it is"
              value={kind}
              options={[{ value: "", label: "Choose" }, ...Object.entries(KINDS).map(([value, label]) => ({ value, label }))]}
              onValue={(value) => setKind(value as Kind | "")}
            />
          )}
          {kind && <CorrectionFields kind={kind} given={given} where={record.where} set={(change) => setGiven({ ...given, ...change })} />}
          {kind && !record.episode_id && record.episodes.length > 1 && (
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
