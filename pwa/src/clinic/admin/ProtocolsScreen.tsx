/** The clinic's protocols: what each offers, and its versions. */
import { useState } from "preact/hooks";
import { useDesk, useResource } from "../context";
import { CheckField, ChoiceField } from "../parts/inputs";
import { Failure, Waiting } from "../parts/notices";
import { PartFrame } from "../settings/PartFrame";
import type { Part } from "../settings/types";
import { usePart } from "../settings/usePart";
import { AdminNav } from "./AdminNav";
import { ProtocolDrugsPart } from "./ProtocolDrugsPart";
import { optionsText, protocolName, REMIND } from "./protocolText";
import type { ProtocolOptions } from "./types";

const PREFIX = "protocol-";

export function ProtocolsScreen() {
  const { api } = useDesk();
  const parts = useResource("settings-parts", (signal) => api.settingsParts(signal));
  return (
    <>
      <AdminNav here="protocols" />
      <div class="screen-head">
        <h1 tabIndex={-1}>Protocols</h1>
      </div>
      <p class="lead-note">
        A new episode runs on the version in force and keeps it. Expected check-ins are the same in every protocol, so that adherence means the
        same everywhere; what is offered beside them, and how long reminders go on, is the clinic's choice.
      </p>
      <Failure error={parts.error} onRetry={parts.reload} />
      {parts.data ? (
        <div class="protocols">
          {parts.data
            .filter((part) => part.part.startsWith(PREFIX))
            .map((part) => (
              <ProtocolPart key={part.part} part={part} />
            ))}
        </div>
      ) : (
        !parts.error && <Waiting label="Loading…" />
      )}
    </>
  );
}

function ProtocolPart({ part }: { part: Part<unknown> }) {
  const template = part.part.slice(PREFIX.length);
  const editor = usePart<ProtocolOptions>(part, `/settings/protocols/${template}`);
  const [problem, setProblem] = useState<string | null>(null);
  const { value } = editor;
  const set = (change: Partial<ProtocolOptions>) => editor.set({ ...value, ...change });
  const box = (key: "offer_45" | "evenings_before" | "impressions", label: string) => (
    <CheckField name={`${template}-${key}`} label={label} checked={value[key]} onValue={(on) => set({ [key]: on })} />
  );
  return (
    <PartFrame part={part.part} title={protocolName(template)} note={editor.version ? `Version ${editor.version}` : "As the product ships it"} editor={editor} problem={problem} show={optionsText}>
      <div class="protocol-boxes">
        {box("evenings_before", "Evenings before the injection")}
        {box("offer_45", "A score at 45 minutes")}
        {box("impressions", "Impression of change on days 14 to 365")}
      </div>
      <ProtocolDrugsPart
        template={template}
        drugs={value.drugs ?? null}
        diagnostic={template.endsWith("-diagnostic")}
        onDrugs={(drugs, wrong) => {
          setProblem(wrong);
          set({ drugs });
        }}
      />
      <ChoiceField name={`${template}-remind`} label="Reminders go on" value={String(value.remind_until_day)} options={REMIND} onValue={(day) => set({ remind_until_day: Number(day) })} hint="Check-ins without a reminder can be answered all the same." />
    </PartFrame>
  );
}
