/** The rest of the record, each part in a fold: none of it is needed to enrol. */
import { EMPTY_COMPLICATION, risksDraftText, takesAnticoagulant } from "../beside";
import { ChoiceField, Section, SelectField, TextField, YES_NO } from "../parts/inputs";
import { ANTICOAGULANTS, COMPLICATIONS, DIABETES, INSTRUMENTS, wordsFor } from "../words";
import { optionsOf } from "./BlockPart";
import { Fold } from "./Fold";
import { hasProblem, TechniquePart } from "./TechniquePart";
import type { DraftForm } from "./useDraft";

const NOT_RECORDED = { value: "", label: "Not recorded" };
const CHOOSE = { value: "", label: "Choose…" };

export function BesidePart({ form }: { form: DraftForm }) {
  return (
    <Section title="Further record" note="Nothing here is needed now, and no reading depends on it.">
      <div class="folds">
        <TechniquePart form={form} />
        <RisksPart form={form} />
        <ComplicationsPart form={form} />
        <QuestionnairesPart form={form} />
      </div>
    </Section>
  );
}

function RisksPart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  return (
    <Fold title="Risks" said={risksDraftText(draft)} wrong={hasProblem(form, ["risks"])}>
      <ChoiceField name="risks.anticoagulant" label="Anticoagulant" value={draft.anticoagulant} options={[...optionsOf(ANTICOAGULANTS), NOT_RECORDED]} onValue={(anticoagulant) => set({ anticoagulant })} problem={problem("risks.anticoagulant")} />
      {takesAnticoagulant(draft) && (
        <TextField name="risks.anticoagulant_drug" label="Which one" optional width="medium" maxLength={120} value={draft.anticoagulantDrug} onValue={(anticoagulantDrug) => set({ anticoagulantDrug })} problem={problem("risks.anticoagulant_drug")} />
      )}
      <ChoiceField name="risks.diabetes" label="Diabetes" value={draft.diabetes} options={[...optionsOf(DIABETES), NOT_RECORDED]} onValue={(diabetes) => set({ diabetes })} problem={problem("risks.diabetes")} />
      <ChoiceField name="risks.allergic" label="Known allergy" value={draft.allergic} options={YES_NO} onValue={(v) => set({ allergic: v as typeof draft.allergic })} problem={problem("risks.allergic")} />
      {draft.allergic === "yes" && (
        <TextField name="risks.allergies" label="To what" optional maxLength={300} value={draft.allergies} onValue={(allergies) => set({ allergies })} problem={problem("risks.allergies")} />
      )}
    </Fold>
  );
}

const COMPLICATED = [{ value: "no", label: "None" }, { value: "yes", label: "Some" }, NOT_RECORDED];

function ComplicationsPart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const found = draft.complications;
  const change = (place: number, part: Partial<(typeof found)[number]>) =>
    set({ complications: found.map((one, i) => (i === place ? { ...one, ...part } : one)) });
  const add = () => set({ complications: [...found, { ...EMPTY_COMPLICATION }] });
  const choose = (complicated: string) => {
    set({ complicated: complicated as typeof draft.complicated });
    if (complicated === "yes" && !found.length) add();
  };
  const said = draft.complicated === "no" ? "none" : found.map((one) => wordsFor(COMPLICATIONS, one.code).toLowerCase()).join(", ");
  return (
    <Fold title="Immediate complications" said={draft.complicated ? said : ""} wrong={hasProblem(form, ["complications"])}>
      <ChoiceField name="complications" label="During the injection or in the recovery room" value={draft.complicated} options={COMPLICATED} onValue={choose} problem={problem("complications")} />
      {draft.complicated === "yes" &&
        found.map((one, i) => (
          <div class="row" key={i} role="group" aria-label={`Complication ${i + 1}`}>
            <SelectField name={`complications.${i}.code`} label="What" value={one.code} options={[CHOOSE, ...optionsOf(COMPLICATIONS)]} onValue={(code) => change(i, { code })} problem={problem(`complications.${i}.code`)} />
            <TextField name={`complications.${i}.at`} label="Time" type="time" optional width="time" value={one.time} onValue={(time) => change(i, { time })} problem={problem(`complications.${i}.at`)} />
            <RemoveRow what={`complication ${i + 1}`} onRemove={() => set({ complications: found.filter((_, k) => k !== i) })} />
            <TextField name={`complications.${i}.note`} label="Note" optional width="whole" maxLength={300} value={one.note} onValue={(note) => change(i, { note })} problem={problem(`complications.${i}.note`)} />
          </div>
        ))}
      {draft.complicated === "yes" && (
        <button type="button" class="quiet add" onClick={add}>
          Add another complication
        </button>
      )}
    </Fold>
  );
}

function QuestionnairesPart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const found = draft.questionnaires;
  const change = (place: number, part: Partial<(typeof found)[number]>) =>
    set({ questionnaires: found.map((one, i) => (i === place ? { ...one, ...part } : one)) });
  const usual = draft.region === "cervical" ? "ndi" : "odi";
  const said = found.map((one) => `${wordsFor(INSTRUMENTS, one.instrument)} ${one.percent || "?"} %`).join(", ");
  return (
    <Fold title="ODI and NDI" said={said} wrong={hasProblem(form, ["questionnaires"])}>
      {found.map((one, i) => (
        <div class="row drug-row" key={i} role="group" aria-label={`Questionnaire ${i + 1}`}>
          <SelectField name={`questionnaires.${i}.instrument`} label="Questionnaire" value={one.instrument} options={optionsOf(INSTRUMENTS)} onValue={(instrument) => change(i, { instrument })} problem={problem(`questionnaires.${i}.instrument`)} />
          <TextField name={`questionnaires.${i}.on`} label="Filled in on" type="date" width="medium" value={one.on} onValue={(on) => change(i, { on })} problem={problem(`questionnaires.${i}.on`)} />
          <TextField name={`questionnaires.${i}.percent`} label="Total" unit="%" width="tiny" inputMode="decimal" value={one.percent} onValue={(percent) => change(i, { percent })} problem={problem(`questionnaires.${i}.percent`)} />
          <RemoveRow what={`questionnaire ${i + 1}`} onRemove={() => set({ questionnaires: found.filter((_, k) => k !== i) })} />
        </div>
      ))}
      {found.length > 0 && <p class="hint">In percent: ODI as printed; NDI points of 50 doubled.</p>}
      <button type="button" class="quiet add" onClick={() => set({ questionnaires: [...found, { instrument: usual, on: draft.date, percent: "" }] })}>
        Add a total
      </button>
    </Fold>
  );
}

function RemoveRow({ what, onRemove }: { what: string; onRemove: () => void }) {
  return (
    <button type="button" class="quiet beside-field" onClick={onRemove} aria-label={`Remove ${what}`}>
      Remove
    </button>
  );
}
