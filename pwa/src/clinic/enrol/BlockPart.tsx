/** Which root, when, and which pain the block tests. */
import { derivedSide, derivedSite, LEVELS } from "../fields";
import { ChoiceField, type Option, Section, SelectField, TextField } from "../parts/inputs";
import { ZoneField } from "../parts/ZoneField";
import { indexPainOf } from "../serialise";
import { dateInput, timeInput } from "../time";
import type { EpisodeStatus, Region, Side } from "../types";
import { INDICATIONS, indexPain, REGIONS, SIDES, SITES } from "../words";
import type { DraftForm } from "./useDraft";

export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

const SIDE_OPTIONS: Option[] = [
  { value: "left", label: "Left" },
  { value: "right", label: "Right" },
  { value: "bilateral", label: "Both" },
];

export function BlockPart({ form, statuses }: { form: DraftForm; statuses: Option[] }) {
  const { draft, set, problem } = form;
  return (
    <Section title="Block">
      <ChoiceField
        name="procedure.region"
        label="Region"
        value={draft.region}
        options={optionsOf(REGIONS)}
        onValue={(region) => set({ region: region as Region, level: "", furtherLevels: [] })}
        problem={problem("procedure.region")}
      />
      <ChoiceField
        name="procedure.level"
        label="Level"
        compact
        value={draft.level}
        options={LEVELS[draft.region].map((level) => ({ value: level, label: level }))}
        onValue={(level) => set({ level, furtherLevels: draft.furtherLevels.filter((other) => other !== level) })}
        problem={problem("procedure.level")}
      />
      <ChoiceField
        name="procedure.side"
        label="Side"
        value={draft.side}
        options={SIDE_OPTIONS}
        onValue={(side) => set({ side: side as Side })}
        problem={problem("procedure.side")}
      />
      <IndexPainPart form={form} />
      <TimePart form={form} statuses={statuses} />
      <div class="row">
        <SelectField
          name="procedure.indication"
          label="Indication"
          optional
          width="medium"
          value={draft.indication}
          options={[{ value: "", label: "Not stated" }, ...optionsOf(INDICATIONS)]}
          onValue={(indication) => set({ indication })}
          problem={problem("procedure.indication")}
        />
            <TextField name="operator" label="Operator" optional width="medium" maxLength={200} value={draft.operator} onValue={(operator) => set({ operator })} problem={problem("operator")} />
      </div>
    </Section>
  );
}

/** Follows region and side until someone chooses otherwise. */
function IndexPainPart({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const told = draft.side || draft.painSide ? indexPain(indexPainOf(draft)) : null;
  const changed = draft.painSite !== "" || draft.painSide !== "";
  const wrong = problem("index_pain");
  return (
    <details class="fold" open={changed || Boolean(wrong) || undefined}>
      <summary>
        Index pain: <b>{told ?? `${SITES[derivedSite(draft.region)]}, side as the block`}</b>
        <span class="fold-note">{changed ? "chosen" : "from region and side"}</span>
      </summary>
      <div class="row">
        <SelectField
          name="index_pain"
          label="Where"
          width="small"
          value={draft.painSite || derivedSite(draft.region)}
          options={optionsOf(SITES)}
          onValue={(site) => set({ painSite: site === derivedSite(draft.region) ? "" : site })}
          problem={wrong}
        />
        <SelectField
          name="index_pain.side"
          label="Side of the pain"
          width="small"
          value={draft.painSide || derivedSide(draft.side)}
          options={[
            ...(draft.side || draft.painSide ? [] : [{ value: "", label: "as the block" }]),
            { value: "left", label: SIDES["left"] ?? "" },
            { value: "right", label: SIDES["right"] ?? "" },
            { value: "both", label: SIDES["both"] ?? "" },
          ]}
          onValue={(side) => set({ painSide: side === derivedSide(draft.side) ? "" : side })}
        />
      </div>
    </details>
  );
}

/** T0 by the wall clock of the episode's zone. */
export function TimeZeroRow({ form }: { form: DraftForm }) {
  const { draft, set, problem } = form;
  const now = () => {
    const moment = new Date();
    set({ date: dateInput(moment, draft.zone), time: timeInput(moment, draft.zone) });
  };
  return (
    <div class="row row-time">
      <TextField name="procedure.performed_at" label="T0, end of injection" type="time" width="time" value={draft.time} onValue={(time) => set({ time })} problem={problem("procedure.performed_at")} />
      <TextField name="t0-date" label="Date" type="date" width="medium" value={draft.date} onValue={(date) => set({ date })} />
      <button type="button" class="quiet beside-field" onClick={now}>
        Now
      </button>
    </div>
  );
}

function TimePart({ form, statuses }: { form: DraftForm; statuses: Option[] }) {
  const { draft, set, problem } = form;
  return (
    <>
      <ChoiceField
        name="status"
        label="Injection"
        value={draft.status}
        options={statuses}
        onValue={(status) => set({ status: status as EpisodeStatus })}
        hint={draft.status === "planned" ? "T0 is confirmed on the episode page once the injection is done; the drugs may stay open until then." : undefined}
        problem={problem("status")}
      />
      {draft.status === "planned" && (
        <TextField name="planned_on" label="Planned day" optional type="date" width="medium" value={draft.plannedOn} onValue={(plannedOn) => set({ plannedOn })} problem={problem("planned_on")} />
      )}
      {draft.status !== "planned" && <TimeZeroRow form={form} />}
      <details class="fold" open={problem("zone") ? true : undefined}>
        <summary>
          Time zone: <b>{draft.zone || "none"}</b>
        </summary>
        <ZoneField name="zone" label="Time zone" width="medium" value={draft.zone} onValue={(zone) => set({ zone })} problem={problem("zone")} />
      </details>
    </>
  );
}
