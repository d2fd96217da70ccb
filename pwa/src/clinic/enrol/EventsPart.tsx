/** What ended the reading of this diary: a repeat injection or surgery. */
import { EMPTY_EVENT, type EventDraft } from "../fields";
import { Section, SelectField, TextField } from "../parts/inputs";
import { EVENTS } from "../words";
import { optionsOf } from "./BlockPart";
import type { DraftForm } from "./useDraft";

const CHOOSE = { value: "", label: "Choose…" };

export function EventsPart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const change = (place: number, part: Partial<EventDraft>) =>
    set({ events: draft.events.map((event, i) => (i === place ? { ...event, ...part } : event)) });
  return (
    <Section title="Afterwards" note="A repeat injection or surgery ends the reading; what follows it is not read.">
      {draft.events.map((event, i) => (
        <div class="row drug-row" key={i}>
          <SelectField name={`events.${i}.kind`} label="What" value={event.kind} options={[CHOOSE, ...optionsOf(EVENTS)]} onValue={(kind) => change(i, { kind })} problem={problem(`events.${i}.kind`)} />
          <TextField name={`events.${i}.at`} label="Date" type="date" width="medium" value={event.date} onValue={(date) => change(i, { date })} problem={problem(`events.${i}.at`)} />
          <TextField name={`events.${i}.time`} label="Time" type="time" width="small" value={event.time} onValue={(time) => change(i, { time })} problem={problem(`events.${i}.time`)} />
          <button type="button" class="quiet beside-field" onClick={() => set({ events: draft.events.filter((_, k) => k !== i) })}>
            Remove
          </button>
        </div>
      ))}
      <button type="button" class="quiet add" onClick={() => set({ events: [...draft.events, EMPTY_EVENT] })}>
        Add a repeat injection or surgery
      </button>
    </Section>
  );
}
