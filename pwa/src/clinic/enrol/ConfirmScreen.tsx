/** The injection has been done: T0, the baseline, the drugs as planned, and nothing else. */
import { useState } from "preact/hooks";
import { useDesk, useResource } from "../context";
import { type Draft, draftOf } from "../fields";
import { Section } from "../parts/inputs";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { dateInput, dateTime, timeInput } from "../time";
import type { EpisodeDetail } from "../types";
import { anaesthetics, root, steroidText } from "../words";
import { BaselinePart } from "./BaselinePart";
import { TimeZeroRow } from "./BlockPart";
import { CorrectionFoot } from "./CorrectionFoot";
import { DrugPart } from "./DrugPart";
import { useCorrection } from "./useCorrection";
import { type DraftForm, useDraft } from "./useDraft";

/** The revision's reason: confirming is no correction, so nobody has to explain it. */
export const CONFIRMED = "Injection done, T0 confirmed";

export function ConfirmScreen({ id }: { id: string }) {
  const { api } = useDesk();
  const episode = useResource(id, (signal) => api.episode(id, signal));
  if (episode.data?.status === "planned") return <ConfirmForm episode={episode.data} />;
  return (
    <>
      <h1 tabIndex={-1}>Confirm T0</h1>
      {episode.data && <Confirmed episode={episode.data} />}
      {episode.error ? <Failure error={episode.error} onRetry={episode.reload} /> : !episode.data && <Waiting label="Loading…" />}
    </>
  );
}

function Confirmed({ episode }: { episode: EpisodeDetail }) {
  const { performed_at: t0, zone } = episode;
  return (
    <Empty title={t0 ? `T0 is confirmed: ${dateTime(t0, zone)}.` : "This block is not planned any more."}>
      <p>
        <a href={paths.correct(episode.episode_id)}>Correct the record</a>
      </p>
    </Empty>
  );
}

function initialDraft(episode: EpisodeDetail): Draft {
  const draft = draftOf(episode);
  const now = new Date();
  const t0 = { date: dateInput(now, draft.zone), time: timeInput(now, draft.zone) };
  return { ...draft, ...t0, status: "performed", reason: CONFIRMED };
}

function ConfirmForm({ episode }: { episode: EpisodeDetail }) {
  const form = useDraft(initialDraft(episode), "correct");
  const correction = useCorrection(episode, form, "T0 is confirmed.");
  const submit = (event: Event) => {
    event.preventDefault();
    void correction.save();
  };
  return (
    <form onSubmit={submit} noValidate class="enrol">
      <div class="screen-head">
        <h1 tabIndex={-1}>Confirm T0</h1>
        <p class="head-note">
          {episode.patient.name} · {root(episode)}
        </p>
        <a class="button quiet head-action" href={paths.correct(episode.episode_id)}>
          Correct the whole record
        </a>
      </div>
      <div class="form-columns">
        <div>
          <Section title="Injection" note="Set to this minute. Change it if the injection ended earlier.">
            <TimeZeroRow form={form} />
          </Section>
          <DrugsAsPlanned form={form} episode={episode} />
        </div>
        <div>
          <BaselinePart form={form} />
        </div>
      </div>
      <CorrectionFoot form={form} correction={correction} action="Confirm T0" />
    </form>
  );
}

/** What was planned, to be looked at; open for typing where something is missing or differs. */
function DrugsAsPlanned({ form, episode }: { form: DraftForm; episode: EpisodeDetail }) {
  const { procedure } = episode;
  const missing = !procedure.anaesthetic || procedure.steroid === undefined;
  const [open, setOpen] = useState(missing);
  if (open) return <DrugPart form={form} />;
  return (
    <Section title="Drugs" note="As planned.">
      <p class="as-planned">
        {anaesthetics(procedure.anaesthetic)}; {steroidText(procedure.steroid)}
      </p>
      <button type="button" class="quiet add" onClick={() => setOpen(true)}>
        Something else was given
      </button>
    </Section>
  );
}
