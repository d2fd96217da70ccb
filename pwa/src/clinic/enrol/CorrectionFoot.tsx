/** The last line of a correction: its one action, or the question that has to be answered first. */
import { useState } from "preact/hooks";
import { changeText } from "../changeText";
import { draftOf } from "../fields";
import { letGo } from "../leaving";
import { mergeDrafts } from "../merge";
import { paths } from "../route";
import { dateTime } from "../time";
import type { EpisodeDetail } from "../types";
import { FormFoot } from "./FormFoot";
import type { Correction } from "./useCorrection";
import type { DraftForm } from "./useDraft";

export function CorrectionFoot(props: { form: DraftForm; correction: Correction; action: string }) {
  const { form, correction } = props;
  const { base, theirs, hiding } = correction;
  return (
    <FormFoot problems={form.problems} error={correction.error} busy={correction.busy} action={props.action} cancel={paths.episode(base.episode_id)}>
      {theirs ? <Conflict form={form} correction={correction} theirs={theirs} /> : hiding && <Hiding correction={correction} />}
    </FormFoot>
  );
}

function Conflict({ form, correction, theirs }: { form: DraftForm; correction: Correction; theirs: EpisodeDetail }) {
  const [shown, setShown] = useState(false);
  const { base } = correction;
  const { clashes } = mergeDrafts(draftOf(base), form.draft, draftOf(theirs));
  return (
    <div class="notice notice-warn question" role="alert">
      <p>
        <b>Somebody changed this record while you had it open.</b> Nothing was saved yet, and everything you typed is still here.
      </p>
      <p>
        {clashes.length
          ? `Saving yours on top keeps their changes, except where you both changed something: ${clashes.join(", ")}. There yours will count.`
          : "Saving yours on top keeps their changes too: you changed other fields."}
      </p>
      {shown && <TheirVersion base={base} theirs={theirs} />}
      <div class="form-actions">
        <button type="button" class="primary" disabled={correction.busy} onClick={correction.saveOnTop}>
          Save mine on top
        </button>
        <button type="button" class="button" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? "Hide their version" : "Show their version"}
        </button>
        <a class="button quiet" href={paths.episode(base.episode_id)} onClick={letGo}>
          Discard mine
        </a>
      </div>
    </div>
  );
}

function TheirVersion({ base, theirs }: { base: EpisodeDetail; theirs: EpisodeDetail }) {
  const later = theirs.revisions.filter((version) => version.revision > base.revision).sort((a, b) => a.revision - b.revision);
  return (
    <ul class="plain-list their-version">
      {later.map((version) => (
        <li key={version.revision}>
          <b>{dateTime(version.at, theirs.zone)}</b> {version.by}
          {version.reason && <span class="reason">: {version.reason}</span>}
          {version.changes.map((change) => (
            <span key={change.field} class="change">
              {changeText(change, theirs.zone)}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Hiding({ correction }: { correction: Correction }) {
  const { entries } = correction.base;
  return (
    <div class="notice notice-warn question" role="alert">
      <p>
        <b>{entries === 1 ? "This hides a diary with 1 entry." : `This hides a diary with ${entries} entries.`}</b> They stay
        stored, but chart and answers disappear until the record is set back to “Done”.
      </p>
      <div class="form-actions">
        <button type="button" class="button danger" disabled={correction.busy} onClick={correction.hideAfterAll}>
          Yes, hide the diary
        </button>
        <button type="button" class="button" onClick={correction.keepShown}>
          Back to the form
        </button>
      </div>
    </div>
  );
}
