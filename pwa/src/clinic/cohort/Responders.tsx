/** Who responded, twice: of those with an answer, and with every missing answer taken for a failure. */
import { Fragment } from "preact";
import { count, outcomeName, valueName } from "./cohortText";
import { Panel, RateCell } from "./Panel";
import type { CohortAnswer, CohortQuery, ShownGroup } from "./types";

export function Responders({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  const groups = answer.groups.filter((group): group is ShownGroup => !group.hidden);
  const outcomes = Object.keys(groups[0]?.responders ?? {});
  return (
    <Panel
      title="Responders"
      table="responders"
      query={query}
      note="Complete case flatters when those who do well answer more; missing as failure is the worst case. In brackets the 95 % interval."
    >
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Outcome</th>
            <th scope="col">Complete case</th>
            <th scope="col">Missing as failure</th>
            <th scope="col">Missing</th>
            <th scope="col">Not due</th>
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome) => (
            <Fragment key={outcome}>
              {groups.map((group, place) => (
                <Row key={group.name} name={rowName(answer, outcome, group, place)} group={group} outcome={outcome} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function rowName(answer: CohortAnswer, outcome: string, group: ShownGroup, place: number) {
  if (!answer.group_by) return <th scope="row">{outcomeName(outcome)}</th>;
  return (
    <th scope="row" class={place === 0 ? "first-of" : undefined}>
      <span class={place === 0 ? "outcome" : "unseen"}>{outcomeName(outcome)}</span>
      <span class="second">{valueName(answer.group_by, group.name)}</span>
    </th>
  );
}

function Row(props: { name: preact.JSX.Element; group: ShownGroup; outcome: string }) {
  const told = props.group.responders[props.outcome];
  if (!told) return null;
  return (
    <tr>
      {props.name}
      <RateCell rate={told.complete_case} />
      <RateCell rate={told.missing_as_failure} bar={false} />
      <td>{count(told.missing)}</td>
      <td>{count(told.not_due)}</td>
    </tr>
  );
}
