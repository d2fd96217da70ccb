/** How the injection was done; folded until somebody wants it. */
import { LEVELS } from "../fields";
import { MultiField, SelectField, TextField } from "../parts/inputs";
import { CONTRAST, GUIDANCE, wordsFor } from "../words";
import { optionsOf } from "./BlockPart";
import { Fold } from "./Fold";
import type { DraftForm } from "./useDraft";

const APPROACHES = ["transforaminal", "periradicular", "interlaminar", "caudal", "sacral foraminal", "posterior", "anterolateral"];

export function TechniquePart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const further = draft.furtherLevels;
  const said = [
    draft.approach,
    draft.guidance && wordsFor(GUIDANCE, draft.guidance),
    draft.contrast.length > 0 && "contrast",
    further.length > 0 && `also ${further.join(", ")}`,
  ].filter(Boolean);
  return (
    <Fold title="Technique" said={said.join(", ")} wrong={hasProblem(form, ["approach", "procedure.guidance", "procedure.contrast_spread", "procedure.further_levels"])}>
      <div class="row">
        <TextField name="approach" label="Approach" optional width="medium" maxLength={200} suggestions="approaches" value={draft.approach} onValue={(approach) => set({ approach })} problem={problem("approach")} />
        <datalist id="approaches">
          {APPROACHES.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <SelectField name="procedure.guidance" label="Guidance" optional width="medium" value={draft.guidance} options={[{ value: "", label: "Not stated" }, ...optionsOf(GUIDANCE)]} onValue={(guidance) => set({ guidance })} problem={problem("procedure.guidance")} />
      </div>
      <MultiField name="procedure.contrast_spread" label="Where the contrast went" optional values={draft.contrast} options={optionsOf(CONTRAST)} onValues={(contrast) => set({ contrast })} problem={problem("procedure.contrast_spread")} />
      <MultiField
        name="procedure.further_levels"
        label="Further roots of the same session"
        optional
        compact
        values={further}
        options={LEVELS[draft.region].filter((level) => level !== draft.level).map((level) => ({ value: level, label: level }))}
        onValues={(furtherLevels) => set({ furtherLevels })}
        hint={further.length ? "The reading is about the root chosen above; a root injected with it makes the answer less selective." : undefined}
        problem={problem("procedure.further_levels")}
      />
    </Fold>
  );
}

export function hasProblem(form: DraftForm, names: string[]): boolean {
  return [...form.problems.keys()].some((name) => names.some((start) => name.startsWith(start)));
}
