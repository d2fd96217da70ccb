/** The versions of one entry side by side; one of them is made to count, or the one that does is left. */
import { useState } from "preact/hooks";
import { may, useDesk, useResource } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { dateTime } from "../time";
import type { EntryBody } from "../types";
import { SCALES, wordsFor } from "../words";
import { DecisionForm } from "./DecisionForm";
import type { WorkProps } from "./RecordWork";
import type { CompetingVersion } from "./types";

export function ConflictWork({ item, zone, onDone }: WorkProps) {
  const { api, session } = useDesk();
  const conflict = useResource(item.item_id, (signal) => api.inboxConflict(item.item_id, signal));
  const [chosen, setChosen] = useState<string | null>(null);
  if (!conflict.data)
    return conflict.error ? <Failure error={conflict.error} onRetry={conflict.reload} /> : <Waiting label="Loading the versions…" />;
  const { versions } = conflict.data;
  const version = versions.find(({ rev_id }) => rev_id === (chosen ?? versions.find(({ counts }) => counts)?.rev_id));
  const other = version && !version.counts && version.body;
  return (
    <>
      <fieldset class="inbox-versions">
        <legend>Which version is right?</legend>
        {versions.map((one) => (
          <label key={one.rev_id} class="inbox-version">
            <input
              type="radio"
              name={`version-${item.item_id}`}
              checked={one.rev_id === version?.rev_id}
              disabled={!one.body}
              onChange={() => setChosen(one.rev_id)}
            />
            <span>
              <b>{versionText(one)}</b> {one.counts && <i>counts now</i>}
              <span class="second">
                {one.body?.taken_at && `felt ${dateTime(one.body.taken_at, zone)}, `}received {dateTime(one.received_at, zone)} from {one.by}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {may(session.clinician.role, "alerts") && (
        <DecisionForm
          correct={other ? () => ({ body: { ...(version.body as EntryBody) } }) : null}
          correctLabel="Let this version count"
          dismissLabel="Leave the one that counts"
          decide={(decision) => api.decideConflict(item.item_id, decision)}
          onDone={onDone}
        />
      )}
    </>
  );
}

function versionText({ body, op }: CompetingVersion): string {
  if (op === "tombstone" || !body) return "Deleted";
  const pain = body.pain === null || body.pain === undefined ? "no score" : `${body.pain}/10`;
  return `${pain}, ${wordsFor(SCALES, body.scale ?? "")}`;
}
