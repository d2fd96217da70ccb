/** What the clinic's readings say together: filters on top, the curves and tables they leave below. */
import { useRef, useState } from "preact/hooks";
import { may, useDesk, useResource } from "../context";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { dayText } from "../time";
import { Adherence } from "./Adherence";
import { Curves } from "./Curves";
import { Effects } from "./Effects";
import { FilterBar } from "./FilterBar";
import { Phases } from "./Phases";
import { Responders } from "./Responders";
import { WhatIf } from "./WhatIf";
import { FEW, queryBody, WHOLE } from "./cohortText";
import type { CohortAnswer, CohortQuery } from "./types";

export function CohortScreen() {
  const { api, session } = useDesk();
  const [query, setQuery] = useState<CohortQuery>(WHOLE);
  const answer = useResource(JSON.stringify(query), (signal) => api.cohort(queryBody(query), signal));
  const shown = useLast(answer.data);
  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Cohort</h1>
        {shown && <Matched answer={shown} />}
        {may(session.clinician.role, "import") && <AllData />}
      </div>
      {shown && <FilterBar query={query} facets={shown.facets} onQuery={setQuery} />}
      <Failure error={answer.error} onRetry={answer.reload} />
      {shown ? (
        <div class="cohort" aria-busy={answer.loading}>
          <Tables answer={shown} query={query} />
        </div>
      ) : (
        !answer.error && <Waiting label="Adding up the readings…" />
      )}
    </>
  );
}

function Tables({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  if (!answer.readings)
    return (
      <Empty title="No readings yet.">
        <p>The first injection with a diary starts the cohort.</p>
      </Empty>
    );
  if (!answer.groups.length || answer.matched === 0)
    return (
      <Empty title={answer.matched === null ? "Fewer than five readings fit." : "No reading fits."}>
        <p>
          {answer.matched === null
            ? "With an operator or an anaesthetic chosen, so few would tell of single people."
            : "Take a filter away."}
        </p>
      </Empty>
    );
  return (
    <>
      <Curves answer={answer} query={query} />
      <Responders answer={answer} query={query} />
      <Phases answer={answer} query={query} />
      <Effects answer={answer} query={query} />
      <div class="cohort-column">
        <Adherence answer={answer} query={query} />
        <WhatIf answer={answer} query={query} />
      </div>
    </>
  );
}

/** Everything at once, for whoever analyses it elsewhere. */
function AllData() {
  const at = "/api/v1/clinic/exports";
  return (
    <details class="facet all-data head-action">
      <summary>All data</summary>
      <div class="facet-list">
        <a href={`${at}/tables.zip`} download>
          CSV with codebook
        </a>
        <a href={`${at}/tables.zip?deidentified=true`} download>
          CSV, de-identified
        </a>
        <a href={`${at}/diaries.jsonl`} download>
          Diaries, JSON Lines
        </a>
        <a href={`${at}/diaries.jsonl?deidentified=true`} download>
          JSON Lines, de-identified
        </a>
        <a href={paths.import}>Import a file</a>
      </div>
    </details>
  );
}

function Matched({ answer }: { answer: CohortAnswer }) {
  const { matched, readings, performed, criteria, change, hidden_below } = answer;
  const without = performed - readings;
  return (
    <p class="head-note" role="status">
      <b>{matched === null ? FEW : matched}</b> of {readings} readings
      {without > 0 && `, ${without} injections without one`} · criteria {criteria} · data version {change} ·{" "}
      {dayText(answer.today)}
      {hidden_below !== null &&
        ` · numbers under ${hidden_below} are withheld, and the next larger ones where a subtraction would give them away`}
    </p>
  );
}

/** What was shown stays while the next answer is on its way. */
function useLast<T>(value: T | null): T | null {
  const last = useRef<T | null>(null);
  if (value) last.current = value;
  return last.current;
}
