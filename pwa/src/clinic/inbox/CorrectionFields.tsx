/** What a record of each kind can be put right in. */
import { MultiField, type Option, SelectField, TextField } from "../parts/inputs";
import { TITLES } from "../redFlags";
import { CHANGES, SCALES } from "../words";
import { type Given, type Kind, leftOut } from "./correction";

const options = (words: Readonly<Record<string, string>>): Option[] => Object.entries(words).map(([value, label]) => ({ value, label }));

export function CorrectionFields(props: { kind: Kind; given: Given; where: string; set: (change: Partial<Given>) => void }) {
  const { kind, given, set } = props;
  const without = leftOut(kind, props.where);
  return (
    <>
      <TextField
        name="inbox-felt"
        label={kind === "entry" ? "Felt at" : "Told at"}
        hint="With its zone, as received"
        value={given.taken_at}
        onValue={(taken_at) => set({ taken_at })}
      />
      {kind === "entry" && (
        <>
          <SelectField name="inbox-scale" label="Scale" value={given.scale} options={options(SCALES)} onValue={(scale) => set({ scale })} />
          <TextField name="inbox-pain" label="Pain" inputMode="numeric" width="tiny" value={given.pain} onValue={(pain) => set({ pain })} />
        </>
      )}
      {kind === "impression" && (
        <SelectField
          name="inbox-change"
          label="Change since before the injection"
          value={given.change}
          options={[{ value: "", label: "Choose" }, ...options(CHANGES)]}
          onValue={(change) => set({ change })}
        />
      )}
      {kind === "flag_report" && (
        <MultiField
          name="inbox-flags"
          label="What was reported"
          values={given.codes}
          options={options(TITLES)}
          onValues={(codes) => set({ codes })}
          hint="Choose what was meant. Answers in the record stay; unanswered questions count as unsafe. Alerts are timed from when the record was received."
        />
      )}
      {without && <p class="hint">“{without}” cannot be read and is left out.</p>}
    </>
  );
}
