/** Side effects per injection, beside the rates published for the same part of the spine. */
import { useState } from "preact/hooks";
import { number, SIDE_EFFECTS, wordsFor } from "../words";
import { PARTS } from "./cohortText";
import { Panel, RateCell } from "./Panel";
import type { CohortAnswer, CohortQuery } from "./types";

export function Effects({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  const parts = [...new Set(answer.side_effects.map((row) => row.part))];
  const [chosen, setChosen] = useState("all");
  const part = parts.includes(chosen) ? chosen : "all";
  return (
    <Panel
      title="Side effects per injection"
      table="side_effects"
      query={query}
      note={`First 70 min: of the injections with an early answer; ever: of those with any entry. Rows do not add up. Published: ${answer.published?.source ?? ""}.`}
    >
      <div class="filters" role="group" aria-label="Part of the spine">
        {parts.map((one) => (
          <button key={one} type="button" aria-pressed={part === one} onClick={() => setChosen(one)}>
            {wordsFor(PARTS, one)}
          </button>
        ))}
      </div>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Side effect</th>
            <th scope="col">First 70 min</th>
            <th scope="col">Published</th>
            <th scope="col">Ever</th>
          </tr>
        </thead>
        <tbody>
          {answer.side_effects
            .filter((row) => row.part === part)
            .map((row) => (
              <tr key={row.code}>
                <th scope="row">{row.code === "any" ? "any of them" : wordsFor(SIDE_EFFECTS, row.code)}</th>
                <RateCell rate={row.immediate} />
                <td>{row.published_percent === null ? "–" : `${number(row.published_percent)}\u00a0%`}</td>
                <RateCell rate={row.ever} bar={false} />
              </tr>
            ))}
        </tbody>
      </table>
    </Panel>
  );
}
