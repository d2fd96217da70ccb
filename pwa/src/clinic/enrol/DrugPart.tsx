/** What was injected, and what may colour the answer. */
import type { ComponentChildren } from "preact";
import type { DrugDraft } from "../drugs";
import { type AnaestheticDraft, EMPTY_ANAESTHETIC } from "../fields";
import { CheckField, ChoiceField, Section, SelectField, TextField, YES_NO } from "../parts/inputs";
import { ANAESTHETICS, STEROIDS } from "../words";
import { optionsOf } from "./BlockPart";
import { UsualDrugs } from "./UsualDrugs";
import type { DraftForm } from "./useDraft";

const CHOOSE = { value: "", label: "Choose…" };

export function DrugPart({ form, children }: { form: DraftForm; children?: ComponentChildren }) {
  return (
    <Section title="Drugs">
      <UsualDrugs form={form} />
      <AnaestheticRows draft={form.draft} set={form.set} problem={form.problem} />
      <SteroidRow form={form} />
      {children}
    </Section>
  );
}

interface DrugForm {
  /** Tells the fields of several forms on one screen apart. */
  prefix?: string;
  draft: DrugDraft;
  set: (change: Partial<DrugDraft>) => void;
  problem: (name: string) => string | undefined;
}

/** As many as were mixed; in a record and in a protocol. */
export function AnaestheticRows({ draft, set, problem, prefix = "" }: DrugForm) {
  const setPart = (place: number, change: Partial<AnaestheticDraft>) =>
    set({ anaesthetics: draft.anaesthetics.map((part, i) => (i === place ? { ...part, ...change } : part)) });
  return (
    <>
      {draft.anaesthetics.map((part, i) => (
        <AnaestheticRow
          key={i}
          problem={problem}
          prefix={prefix}
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
    </>
  );
}

function AnaestheticRow(props: {
  problem: DrugForm["problem"];
  prefix: string;
  part: AnaestheticDraft;
  place: number;
  onChange: (change: Partial<AnaestheticDraft>) => void;
  onRemove: (() => void) | undefined;
}) {
  const { problem, prefix, part, place, onChange } = props;
  const name = `procedure.anaesthetic.${place}`;
  const which = place ? `Anaesthetic ${place + 1}` : "Anaesthetic";
  return (
    <div class="row drug-row" role="group" aria-label={which}>
      <SelectField name={`${prefix}${name}.drug`} label={which} value={part.drug} options={[CHOOSE, ...optionsOf(ANAESTHETICS)]} onValue={(drug) => onChange({ drug })} problem={problem(`${name}.drug`)} />
      <TextField name={`${prefix}${name}.concentration_percent`} label="Strength" unit="%" width="tiny" inputMode="decimal" value={part.concentration} onValue={(concentration) => onChange({ concentration })} problem={problem(`${name}.concentration_percent`)} />
      <TextField name={`${prefix}${name}.volume_ml`} label="Volume" unit="mL" width="tiny" inputMode="decimal" value={part.volume} onValue={(volume) => onChange({ volume })} problem={problem(`${name}.volume_ml`)} />
      <div class="drug-extra">
        <CheckField name={`${prefix}${name}.adrenaline`} label="with adrenaline" checked={part.adrenaline === true} onValue={(adrenaline) => onChange({ adrenaline })} />
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
      {draft.steroidGiven === "given" && <WhichSteroid draft={draft} set={set} problem={problem} />}
    </>
  );
}

export function WhichSteroid({ draft, set, problem, prefix = "" }: DrugForm) {
  return (
    <div class="row drug-row">
      <SelectField name={`${prefix}procedure.steroid.drug`} label="Which steroid" value={draft.steroidDrug} options={[CHOOSE, ...optionsOf(STEROIDS)]} onValue={(steroidDrug) => set({ steroidDrug })} problem={problem("procedure.steroid.drug")} />
      <TextField name={`${prefix}procedure.steroid.dose_mg`} label="Dose" unit="mg" width="tiny" inputMode="decimal" value={draft.steroidDose} onValue={(steroidDose) => set({ steroidDose })} problem={problem("procedure.steroid.dose_mg")} />
    </div>
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
