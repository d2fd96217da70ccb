/** Who the patient is. */
import { Section, TextField } from "../parts/inputs";
import type { DraftForm } from "./useDraft";

export function PatientPart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  if (draft.patientId)
    return (
      <Section title="Patient">
        <p class="fixed-patient">
          <b>{draft.name}</b> <span class="second">{draft.recordNumber}</span>
        </p>
      </Section>
    );
  return (
    <Section title="Patient">
      <div class="row">
        <TextField
          name="patient.name"
          label="Name"
         
          maxLength={200}
          value={draft.name}
          onValue={(name) => set({ name })}
          problem={problem("patient.name")}
        />
        <TextField
          name="patient.record_number"
          label="Record number"
          width="medium"
         
          spellcheck={false}
          maxLength={100}
          value={draft.recordNumber}
          onValue={(recordNumber) => set({ recordNumber })}
          problem={problem("patient.record_number")}
        />
        <TextField
          name="patient.born_on"
          label="Born"
          type="date"
          optional
          width="medium"
          value={draft.bornOn}
          onValue={(bornOn) => set({ bornOn })}
          problem={problem("patient.born_on")}
        />
      </div>
    </Section>
  );
}
