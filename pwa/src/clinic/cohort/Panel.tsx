/** A card of the cohort with its heading, its note and its files. */
import type { ComponentChildren } from "preact";
import { useAction, useDesk } from "../context";
import { saveFile } from "../download";
import { Failure } from "../parts/notices";
import { basis, percent, queryBody } from "./cohortText";
import type { CohortQuery, Rate, TableName } from "./types";

export function Panel(props: {
  title: string;
  table: TableName;
  query: CohortQuery;
  note?: string;
  figure?: boolean;
  wide?: boolean;
  children: ComponentChildren;
}) {
  const { title, table, query } = props;
  const { api } = useDesk();
  const { busy, error, run } = useAction();
  const csv = () => run(async () => saveFile(await api.cohortTable(queryBody(query), table), `cohort-${table}.csv`));
  const svg = () => run(async () => saveFile(await api.cohortFigure(queryBody(query), "light"), "cohort-relief.svg"));
  const id = `cohort-${table}`;
  return (
    <section class={`card cohort-panel ${props.wide ? "cohort-wide" : ""}`}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        <div class="panel-files">
          {props.figure && (
            <button type="button" class="quiet" disabled={busy} onClick={svg} aria-label={`${title} as SVG`}>
              SVG
            </button>
          )}
          <button type="button" class="quiet" disabled={busy} onClick={csv} aria-label={`${title} as CSV`}>
            CSV
          </button>
        </div>
      </div>
      {props.note && <p class="panel-note">{props.note}</p>}
      <Failure error={error} />
      <div class="panel-body" tabIndex={0} role="region" aria-labelledby={id}>
        {props.children}
      </div>
    </section>
  );
}

/** A percentage with what it rests on below it, and a bar as long as it is high. */
export function RateCell({ rate, bar = true }: { rate: Rate; bar?: boolean }) {
  return (
    <td class="rate">
      <span class="rate-percent">{percent(rate)}</span>
      {bar && (
        <span class="rate-bar" aria-hidden="true">
          {rate.percent !== null && rate.low !== null && rate.high !== null && (
            <>
              <i class="rate-range" style={{ left: `${rate.low}%`, width: `${rate.high - rate.low}%` }} />
              <i class="rate-mark" style={{ left: `${rate.percent}%` }} />
            </>
          )}
        </span>
      )}
      <span class="rate-basis">{basis(rate)}</span>
    </td>
  );
}
