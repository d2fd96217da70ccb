/** Which injections count: dates, eight facets with their numbers, and how they are grouped. */
import { useEffect, useRef } from "preact/hooks";
import { SelectField, TextField } from "../parts/inputs";
import { FACET_NAMES, LINES, valueName, WHOLE } from "./cohortText";
import { type CohortAnswer, type CohortQuery, type FacetName, FACETS, type Line } from "./types";

export function FilterBar(props: {
  query: CohortQuery;
  facets: CohortAnswer["facets"];
  onQuery: (query: CohortQuery) => void;
}) {
  const { query, facets, onQuery } = props;
  const set = (change: Partial<CohortQuery>) => onQuery({ ...query, ...change });
  const filtered = query.start || query.end || Object.values(query.chosen).some((values) => values?.length);
  return (
    <div class="card cohort-bar" role="group" aria-label="Filters">
      <div class="cohort-dates">
        <TextField name="cohort-start" label="T0 from" type="date" width="medium" value={query.start ?? ""} onValue={(day) => set({ start: dayOrNull(day) })} />
        <TextField name="cohort-end" label="to" type="date" width="medium" value={query.end ?? ""} onValue={(day) => set({ end: dayOrNull(day) })} problem={turned(query)} />
      </div>
      <div class="cohort-facets">
        {FACETS.map((facet) => (
          <FacetMenu key={facet} facet={facet} values={facets[facet]} chosen={query.chosen[facet] ?? []} onChosen={(values) => set({ chosen: { ...query.chosen, [facet]: values } })} />
        ))}
        {filtered ? (
          <button type="button" class="quiet" onClick={() => set({ start: null, end: null, chosen: {} })}>
            Clear filters
          </button>
        ) : null}
      </div>
      <div class="cohort-shape">
        <SelectField
          name="cohort-group"
          label="Compare by"
          value={query.group_by ?? ""}
          options={[{ value: "", label: "All together" }, ...FACETS.map((facet) => ({ value: facet, label: FACET_NAMES[facet] }))]}
          onValue={(value) => set({ group_by: (value || WHOLE.group_by) as FacetName | null })}
        />
        <SelectField
          name="cohort-line"
          label="Duration of"
          value={query.line}
          options={(Object.keys(LINES) as Line[]).map((line) => ({ value: line, label: LINES[line] }))}
          onValue={(value) => set({ line: value as Line })}
        />
        <SelectField
          name="cohort-interventions"
          label="Repeat or surgery"
          value={query.interventions}
          options={[
            { value: "end", label: "ends relief" },
            { value: "censor", label: "leaves the curve" },
          ]}
          onValue={(value) => set({ interventions: value === "censor" ? "censor" : "end" })}
        />
      </div>
    </div>
  );
}

const dayOrNull = (day: string) => (/^\d{4}-\d{2}-\d{2}$/.test(day) && day > "1900" ? day : null);

function turned({ start, end }: CohortQuery): string | undefined {
  return start && end && start > end ? "Lies before the first day." : undefined;
}

/** A list of tick boxes behind one button; Escape and a click elsewhere close it. */
function FacetMenu(props: {
  facet: FacetName;
  values: readonly { value: string; count: number | null }[];
  chosen: readonly string[];
  onChosen: (values: string[]) => void;
}) {
  const { facet, values, chosen, onChosen } = props;
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  const toggle = (value: string, on: boolean) => onChosen(on ? [...chosen, value] : chosen.filter((one) => one !== value));
  const told = chosen.map((value) => valueName(facet, value)).join(", ");
  return (
    <details class={`facet ${chosen.length ? "facet-on" : ""}`} ref={menu} name="cohort-facet">
      <summary>
        {FACET_NAMES[facet]}
        {told && <span class="facet-told">: {told}</span>}
      </summary>
      <fieldset class="facet-list">
        <legend class="unseen">{FACET_NAMES[facet]}</legend>
        {values.length === 0 && <p class="hint">None recorded.</p>}
        {values.map(({ value, count }) => (
          <label key={value} class="facet-value">
            <input type="checkbox" checked={chosen.includes(value)} onChange={(event) => toggle(value, event.currentTarget.checked)} />
            <span>{valueName(facet, value)}</span>
            <span class="facet-count">{count ?? "<5"}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function useClosing(menu: { current: HTMLDetailsElement | null }) {
  useEffect(() => {
    const close = (event: KeyboardEvent | MouseEvent) => {
      const open = menu.current;
      if (!open?.open) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        open.open = false;
        open.querySelector("summary")?.focus();
      } else if (!open.contains(event.target as Node)) open.open = false;
    };
    document.addEventListener("keydown", close);
    document.addEventListener("click", close);
    return () => {
      document.removeEventListener("keydown", close);
      document.removeEventListener("click", close);
    };
  }, []);
}
