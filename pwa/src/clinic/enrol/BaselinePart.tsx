/** The level the relief is measured from. */
import { type AnalgesicDraft, dailyDates, filledDates } from "../fields";
import { ChoiceField, idOf, Section, TextField } from "../parts/inputs";
import { shortDate, timeInput, wallAsWritten, weekday } from "../time";
import type { DraftForm } from "./useDraft";

const SCORES = Array.from({ length: 11 }, (_, score) => ({ value: String(score), label: String(score) }));

export function BaselinePart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  return (
    <Section title="Baseline" note="Index pain just before the block, 0 no pain, 10 worst imaginable. It is locked at T0.">
      <ChoiceField name="baseline.pain" label="Index pain before the block" compact value={draft.pain} options={SCORES} onValue={(pain) => set({ pain })} problem={problem("baseline.pain")} />
      {draft.pain ? (
        <div class="row row-time">
          <TextField name="baseline.recorded_at" label="Recorded at" type="time" optional width="time" value={draft.painTime} onValue={(painTime) => set({ painTime })} problem={problem("baseline.recorded_at")} />
          <TextField name="baseline-date" label="Date" type="date" width="medium" value={draft.painDate || draft.date} onValue={(painDate) => set({ painDate })} />
          <button type="button" class="quiet beside-field" onClick={() => set({ painTime: timeInput(new Date(), draft.zone) })}>
            Now
          </button>
          <button type="button" class="quiet beside-field" onClick={() => set({ pain: "", painTime: "", painDate: "" })}>
            Clear
          </button>
        </div>
      ) : (
        <p class="hint caution">
          Without a baseline there is no diagnostic answer. Leave it empty only if the patient will give it on the phone before the injection.
        </p>
      )}
      <DailyAverages form={form} />
      <UsualAnalgesics form={form} />
    </Section>
  );
}

function DailyAverages({ form }: { form: DraftForm }) {
  const { draft, set } = form;
  const filled = filledDates(draft).length;
  const wrong = [...form.problems.keys()].some((name) => name.startsWith("baseline.daily"));
  return (
    <details class="fold" open={wrong || undefined}>
      <summary>
        Daily averages of the week before
        <span class="fold-note">{filled ? `${filled} of 7` : "optional; from 4 on they set the baseline for the days"}</span>
      </summary>
      <div class="days">
        {dailyDates(draft).map((date) => (
          <DayBox key={date} form={form} date={date} onValue={(value) => set({ daily: { ...draft.daily, [date]: value } })} />
        ))}
      </div>
    </details>
  );
}

function DayBox(props: { form: DraftForm; date: string; onValue: (value: string) => void }) {
  const { form, date } = props;
  const name = `baseline.daily.${date}`;
  const wall = wallAsWritten(`${date}T00:00`);
  const problem = form.problem(name);
  return (
    <div class="field day-box">
      <label for={idOf(name)}>{wall && `${weekday(wall)} ${shortDate(wall, false)}`}</label>
      <input
        id={idOf(name)}
        inputMode="decimal"
       
        value={form.draft.daily[date] ?? ""}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${idOf(name)}-problem` : undefined}
        onInput={(event) => props.onValue(event.currentTarget.value)}
      />
      {problem && (
        <p class="problem" id={`${idOf(name)}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

function UsualAnalgesics({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const change = (place: number, part: Partial<AnalgesicDraft>) =>
    set({ analgesics: draft.analgesics.map((item, i) => (i === place ? { ...item, ...part } : item)) });
  return (
    <div class="usual" role="group" aria-label="Usual painkillers">
      <p class="label">
        Usual painkillers <span class="optional">optional; a later rise is read against them</span>
      </p>
      {draft.analgesics.map((item, i) => {
        const name = `baseline.usual_analgesics.${i}`;
        return (
          <div class="row drug-row" key={i}>
            <TextField name={`${name}.drug`} label="Painkiller" value={item.drug} onValue={(drug) => change(i, { drug })} problem={problem(`${name}.drug`)} />
            <TextField name={`${name}.mg_per_day`} label="Per day" unit="mg" width="small" inputMode="decimal" value={item.perDay} onValue={(perDay) => change(i, { perDay })} problem={problem(`${name}.mg_per_day`)} />
            <button type="button" class="quiet beside-field" aria-label={`Remove ${item.drug || "this painkiller"}`} onClick={() => set({ analgesics: draft.analgesics.filter((_, k) => k !== i) })}>
              Remove
            </button>
          </div>
        );
      })}
      <button type="button" class="quiet add" onClick={() => set({ analgesics: [...draft.analgesics, { drug: "", perDay: "" }] })}>
        Add a painkiller
      </button>
    </div>
  );
}
