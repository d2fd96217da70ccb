/** Correcting the record: an audited revision with a reason. */
import { useDesk, useResource } from "../context";
import { type Draft, draftOf } from "../fields";
import { Section, TextField } from "../parts/inputs";
import { Failure, Waiting } from "../parts/notices";
import { dateInput, timeInput } from "../time";
import type { EpisodeDetail } from "../types";
import { root } from "../words";
import { BaselinePart } from "./BaselinePart";
import { BesidePart } from "./BesidePart";
import { BlockPart } from "./BlockPart";
import { CorrectionFoot } from "./CorrectionFoot";
import { CircumstancePart, DrugPart } from "./DrugPart";
import { EventsPart } from "./EventsPart";
import { useCorrection } from "./useCorrection";
import { useDraft } from "./useDraft";

const STATUSES = [
  { value: "planned", label: "Planned" },
  { value: "performed", label: "Done" },
  { value: "closed", label: "Closed" },
  { value: "cancelled", label: "Cancelled" },
];

const REPEATED = "Another block was done";

interface Opened {
  episode: EpisodeDetail;
  /** The later block that ends this one's reading. */
  repeat: EpisodeDetail | null;
}

export function CorrectScreen({ id, repeat }: { id: string; repeat: string | null }) {
  const { api } = useDesk();
  const opened = useResource<Opened>(`${id} ${repeat}`, async (signal) => {
    const [episode, later] = await Promise.all([api.episode(id, signal), repeat ? api.episode(repeat, signal) : null]);
    return { episode, repeat: later };
  });
  if (opened.data) return <CorrectForm {...opened.data} />;
  return (
    <>
      <h1 tabIndex={-1}>Correct the record</h1>
      {opened.error ? <Failure error={opened.error} onRetry={opened.reload} /> : <Waiting label="Loading…" />}
    </>
  );
}

/** The record, with the end of its reading filled in where a later block is what brought one here. */
function initialDraft({ episode, repeat }: Opened): Draft {
  const draft = draftOf(episode);
  const at = repeat?.performed_at;
  if (!at) return draft;
  const event = { kind: "repeat", date: dateInput(at, draft.zone), time: timeInput(at, draft.zone) };
  return { ...draft, events: [...draft.events, event], reason: REPEATED };
}

function CorrectForm(opened: Opened) {
  const { episode } = opened;
  const form = useDraft(initialDraft(opened), "correct");
  const correction = useCorrection(episode, form, "Saved. The entries were placed again; none was changed.");
  const submit = (event: Event) => {
    event.preventDefault();
    void correction.save();
  };
  return (
    <form onSubmit={submit} noValidate class="enrol">
      <div class="screen-head">
        <h1 tabIndex={-1}>Correct the record</h1>
        <p class="head-note">
          {episode.patient.name} · {root(episode)}
        </p>
      </div>
      {opened.repeat && (
        <p class="lead-note">The repeat injection that ends this reading is filled in under “Afterwards”. Check it and save.</p>
      )}
      <div class="form-columns">
        <div>
          <BlockPart form={form} statuses={STATUSES} />
          <CircumstancePart form={form} />
          <EventsPart form={form} />
        </div>
        <div>
          <DrugPart form={form} />
          <BaselinePart form={form} />
          <BesidePart form={form} />
        </div>
      </div>
      <Section title="Reason" note="Kept with the record and shown in its history. Entries keep their recorded times; only their slots move with T0.">
        <TextField name="reason" label="Why is the record changed?" maxLength={500} value={form.draft.reason} onValue={(reason) => form.set({ reason })} problem={form.problem("reason")} />
      </Section>
      <CorrectionFoot form={form} correction={correction} action="Save the correction" />
    </form>
  );
}
