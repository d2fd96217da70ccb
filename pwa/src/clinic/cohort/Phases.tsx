/** Phase by phase: how many readings got each answer. */
import { CONFIDENCE, FLARES, SHAPES, STEROID_STATUSES, VERDICTS, wordsFor } from "../words";
import { basis, percent, PHASES, valueName } from "./cohortText";
import { Panel } from "./Panel";
import type { CohortAnswer, CohortQuery, ShownGroup } from "./types";

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  anaesthetic: VERDICTS,
  flare: FLARES,
  steroid: STEROID_STATUSES,
  course: SHAPES,
  confidence: CONFIDENCE,
};

export function Phases({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  const groups = answer.groups.filter((group): group is ShownGroup => !group.hidden);
  return (
    <Panel title="Phase by phase" table="phases" query={query} wide>
      <div class="phase-tables">
        {Object.keys(PHASES).map((phase) => (
          <PhaseTable key={phase} phase={phase} groups={groups} answer={answer} />
        ))}
      </div>
    </Panel>
  );
}

function PhaseTable(props: { phase: string; groups: ShownGroup[]; answer: CohortAnswer }) {
  const { phase, groups, answer } = props;
  const statuses = [...new Set(groups.flatMap((group) => group.phases[phase]?.map((row) => row.status) ?? []))];
  return (
    <table class="figures">
      <caption>{PHASES[phase]}</caption>
      <thead class={answer.group_by ? undefined : "unseen"}>
        <tr>
          <th scope="col">Answer</th>
          {groups.map((group) => (
            <th key={group.name} scope="col">
              {group.name === "all" ? "All" : valueName(answer.group_by, group.name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {statuses.map((status) => (
          <tr key={status}>
            <th scope="row">{phase === "confidence" ? `${status}, ${wordsFor(CONFIDENCE, status)}` : wordsFor(WORDS[phase] ?? {}, status)}</th>
            {groups.map((group) => {
              const rate = group.phases[phase]?.find((row) => row.status === status);
              return (
                <td key={group.name}>
                  {rate ? percent(rate) : "0\u00a0%"} <span class="rate-basis">{rate ? basis(rate) : ""}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
