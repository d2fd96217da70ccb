/** What was injected, and what may colour the answer. */
import type { ComponentChildren } from "preact";
import { type AnaestheticDraft, EMPTY_ANAESTHETIC } from "../fields";
import { CheckField, ChoiceField, Section, SelectField, TextField, YES_NO } from "../parts/inputs";
import { ANAESTHETICS, STEROIDS } from "../words";
import { optionsOf } from "./BlockPart";
import type { DraftForm } from "./useDraft";

const CHOOSE = { value: "", label: "Choose…" };

export function DrugPart({ form, children }: { form: DraftForm; children?: ComponentChildren }) {
  const { draft, set } = form;
  const setPart = (place: number, change: Partial<AnaestheticDraft>) =>
    set({ anaesthetics: draft.anaesthetics.map((part, i) => (i === place ? { ...part, ...change } : part)) });
  return (
    <Section title="Drugs">
      {draft.anaesthetics.map((part, i) => (
        <AnaestheticRow
          key={i}
          form={form}
          part={part}
          place={i}
          onChange={(change) => setPart(i, change)}
          onRemove={
            draft.anaesthetics.length > 1
              ? () => set({ anaesthetics: draft.anaesthetics.filter((_, k) => k !== i) })
              : undefined
          }
        />
      ))}
      <button type="button" class="quiet add" onClick={() => set({ anaesthetics: [...draft.anaesthetics, { ...EMPTY_ANAESTHETIC }] })}>
        Add another anaesthetic
      </button>
      <SteroidRow form={form} />
      {children}
    </Section>
  );
}

function AnaestheticRow(props: {
  form: DraftForm;
  part: AnaestheticDraft;
  place: number;
  onChange: (change: Partial<AnaestheticDraft>) => void;
  onRemove: (() => void) | undefined;
}) {
  const { form, part, place, onChange } = props;
  const name = `procedure.anaesthetic.${place}`;
  const which = place ? `Anaesthetic ${place + 1}` : "Anaesthetic";
  return (
    <div class="row drug-row" role="group" aria-label={which}>
      <SelectField name={`${name}.drug`} label={which} value={part.drug} options={[CHOOSE, ...optionsOf(ANAESTHETICS)]} onValue={(drug) => onChange({ drug })} problem={form.problem(`${name}.drug`)} />
      <TextField name={`${name}.concentration_percent`} label="Strength" unit="%" width="tiny" inputMode="decimal" value={part.concentration} onValue={(concentration) => onChange({ concentration })} problem={form.problem(`${name}.concentration_percent`)} />
      <TextField name={`${name}.volume_ml`} label="Volume" unit="mL" width="tiny" inputMode="decimal" value={part.volume} onValue={(volume) => onChange({ volume })} problem={form.problem(`${name}.volume_ml`)} />
      <div class="drug-extra">
        <CheckField name={`${name}.adrenaline`} label="with adrenaline" checked={part.adrenaline === true} onValue={(adrenaline) => onChange({ adrenaline })} />
        {props.onRemove && (
          <button type="button" class="quiet" onClick={props.onRemove} aria-label={`Remove ${which.toLowerCase()}`}>
            Remove
          </button>
        )}
      </div>
    </div>
  );
}

function SteroidRow({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  return (
    <>
      <ChoiceField
        name="procedure.steroid"
        label="Steroid"
        value={draft.steroidGiven}
        options={[
          { value: "given", label: "Given" },
          { value: "none", label: "None given" },
          { value: "unknown", label: "Not known" },
        ]}
        onValue={(given) => set({ steroidGiven: given as typeof draft.steroidGiven })}
        problem={problem("procedure.steroid")}
      />
      {draft.steroidGiven === "given" && (
        <div class="row drug-row">
          <SelectField name="procedure.steroid.drug" label="Which steroid" value={draft.steroidDrug} options={[CHOOSE, ...optionsOf(STEROIDS)]} onValue={(steroidDrug) => set({ steroidDrug })} problem={problem("procedure.steroid.drug")} />
          <TextField name="procedure.steroid.dose_mg" label="Dose" unit="mg" width="tiny" inputMode="decimal" value={draft.steroidDose} onValue={(steroidDose) => set({ steroidDose })} problem={problem("procedure.steroid.dose_mg")} />
        </div>
      )}
    </>
  );
}

export function CircumstancePart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  type Answer = typeof draft.sedation;
  return (
    <Section title="Circumstances" note="What is not recorded lowers no grade; it is listed as unknown.">
      <ChoiceField name="procedure.provocable_before" label="Usual pain could be provoked before the block" value={draft.provocable} options={YES_NO} onValue={(v) => set({ provocable: v as Answer })} problem={problem("procedure.provocable_before")} />
      <ChoiceField name="procedure.concordant_pain_provoked" label="The needle provoked the usual pain" value={draft.provoked} options={YES_NO} onValue={(v) => set({ provoked: v as Answer })} problem={problem("procedure.concordant_pain_provoked")} />
      <ChoiceField name="procedure.sedation" label="Sedation" value={draft.sedation} options={YES_NO} onValue={(v) => set({ sedation: v as Answer })} problem={problem("procedure.sedation")} />
    </Section>
  );
}
