/** Confirming or correcting T0 and the rest of the record: an audited revision with a reason. */
import { useAction, useDesk, useResource } from "../context";
import { type Draft, draftOf } from "../fields";
import { Section, TextField } from "../parts/inputs";
import { Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { correctionBody } from "../serialise";
import type { EpisodeDetail } from "../types";
import { root } from "../words";
import { BaselinePart } from "./BaselinePart";
import { BlockPart } from "./BlockPart";
import { CircumstancePart, DrugPart } from "./DrugPart";
import { EventsPart } from "./EventsPart";
import { FormFoot } from "./FormFoot";
import { useDraft } from "./useDraft";

const STATUSES = [
  { value: "planned", label: "Planned" },
  { value: "performed", label: "Done" },
  { value: "closed", label: "Closed" },
  { value: "cancelled", label: "Cancelled" },
];

/** Opening a planned record here usually means that the injection has been done. */
function initialDraft(episode: EpisodeDetail): Draft {
  const draft = draftOf(episode);
  return episode.status === "planned" ? { ...draft, status: "performed" } : draft;
}

export function CorrectScreen({ id }: { id: string }) {
  const { api } = useDesk();
  const episode = useResource(id, (signal) => api.episode(id, signal));
  if (episode.data) return <CorrectForm episode={episode.data} />;
  return (
    <>
      <h1 tabIndex={-1}>Correct the record</h1>
      {episode.error ? <Failure error={episode.error} onRetry={episode.reload} /> : <Waiting label="Loading…" />}
    </>
  );
}

function CorrectForm({ episode }: { episode: EpisodeDetail }) {
  const { api, navigate, announce } = useDesk();
  const { busy, error, run } = useAction();
  const planned = episode.status === "planned";
  const form = useDraft(initialDraft(episode), "correct");

  const submit = async (event: Event) => {
    event.preventDefault();
    const draft = form.check();
    if (!draft) return;
    const saved = await run(() =>
      api.correct(episode.episode_id, correctionBody(draft, new Date())).catch((cause) => {
        if (cause?.fields?.length) form.showServerProblems(cause);
        throw cause;
      }),
    );
    if (!saved) return;
    announce("Saved. The entries were placed again; none was changed.");
    navigate(paths.episode(episode.episode_id), true);
  };

  return (
    <form onSubmit={submit} noValidate class="enrol">
      <div class="screen-head">
        <h1 tabIndex={-1}>{planned ? "Confirm T0" : "Correct the record"}</h1>
        <p class="head-note">
          {episode.patient.name} · {root(episode)}
        </p>
      </div>
      <div class="form-columns">
        <div>
          <BlockPart form={form} statuses={STATUSES} />
          <CircumstancePart form={form} />
          <EventsPart form={form} />
        </div>
        <div>
          <DrugPart form={form} />
          <BaselinePart form={form} />
        </div>
      </div>
      <Section title="Reason" note="Kept with the record and shown in its history. Entries keep their recorded times; only their slots move with T0.">
        <TextField name="reason" label="Why is the record changed?" maxLength={500} value={form.draft.reason} onValue={(reason) => form.set({ reason })} problem={form.problem("reason")} />
      </Section>
      <FormFoot problems={form.problems} error={error} busy={busy} action={planned ? "Confirm T0" : "Save the correction"} cancel={paths.episode(episode.episode_id)} />
    </form>
  );
}
