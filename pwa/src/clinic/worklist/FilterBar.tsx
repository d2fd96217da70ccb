/** Filters on the record and the order of the list. */
import { useDesk, useResource } from "../context";
import { SelectField } from "../parts/inputs";
import { INDICATIONS, wordsFor } from "../words";
import { FACETS, type Facet, type Filters, type Sort, SORTS } from "./view";

const LABELS: Readonly<Record<Facet, string>> = {
  level: "Level",
  side: "Side",
  operator: "Operator",
  agent: "Anaesthetic",
  indication: "Indication",
  sign_state: "Sign-off",
};

const SIGN_STATES = [
  { value: "unsigned", label: "Not signed" },
  { value: "signed", label: "Signed" },
  { value: "reopened", label: "Re-opened" },
];

export function FilterBar(props: {
  filters: Filters;
  sort: Sort;
  onFilters: (filters: Filters) => void;
  onSort: (sort: Sort) => void;
}) {
  const { filters, onFilters } = props;
  const { api } = useDesk();
  const choices = useResource("choices", (signal) => api.filterChoices(signal));
  const options = (facet: Facet) => {
    const found =
      facet === "sign_state"
        ? SIGN_STATES
        : (choices.data?.[facet] ?? []).map((value) => ({ value, label: labelOf(facet, value) }));
    return [{ value: "", label: "Any" }, ...found];
  };
  return (
    <div class="filter-bar" role="group" aria-label="Filters and order" id="worklist-filters">
      {FACETS.map((facet) => (
        <SelectField
          key={facet}
          name={`filter-${facet}`}
          label={LABELS[facet]}
          value={filters[facet] ?? ""}
          options={options(facet)}
          onValue={(value) => onFilters({ ...filters, [facet]: value })}
        />
      ))}
      <SelectField
        name="sort"
        label="Order"
        value={props.sort}
        options={Object.entries(SORTS).map(([value, label]) => ({ value, label }))}
        onValue={(value) => props.onSort(value as Sort)}
      />
      <button type="button" class="quiet" onClick={() => onFilters({})}>
        Clear filters
      </button>
    </div>
  );
}

function labelOf(facet: Facet, value: string): string {
  if (facet === "indication") return wordsFor(INDICATIONS, value);
  return facet === "side" || facet === "agent" ? value.charAt(0).toUpperCase() + value.slice(1) : value;
}
