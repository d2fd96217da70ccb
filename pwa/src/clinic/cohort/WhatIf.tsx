/** The same diaries with the line for a positive block elsewhere. */
import { count } from "./cohortText";
import { Panel, RateCell } from "./Panel";
import type { CohortAnswer, CohortQuery } from "./types";

export function WhatIf({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  if (!answer.what_if) return null;
  const { sets, unread } = answer.what_if;
  return (
    <Panel
      title="What if the line were elsewhere?"
      table="what_if"
      query={query}
      note={`Anaesthetic phase under each criteria set; nothing is saved.${unread ? ` ${unread} readings of an earlier version are left out until they are recomputed.` : ""}`}
    >
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Criteria</th>
            <th scope="col">Positive</th>
            <th scope="col">No longer positive</th>
            <th scope="col">Newly positive</th>
          </tr>
        </thead>
        <tbody>
          {sets.map((set) => {
            const own = set.criteria === answer.criteria;
            return (
              <tr key={set.criteria}>
                <th scope="row">
                  {set.criteria}
                  {own && <span class="second">in force</span>}
                </th>
                <RateCell rate={set.positive} />
                <td>{own ? "–" : `${count(set.lost)} of ${count(set.compared)}`}</td>
                <td>{own ? "–" : count(set.gained)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
