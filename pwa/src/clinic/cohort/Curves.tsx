/** How long relief lasted: the curves, and the figures of each group. */
import { useEffect, useRef, useState } from "preact/hooks";
import { adoptSvg, parseSvg } from "../../charts/svg";
import { useDark } from "../../charts/useChartUrl";
import { useDesk, useResource } from "../context";
import { Failure } from "../parts/notices";
import { count, FEW, LINES, medianText, pText, queryBody, valueName } from "./cohortText";
import { Panel } from "./Panel";
import type { CohortAnswer, CohortQuery } from "./types";

export function Curves({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  return (
    <Panel title={`How long it lasted: ${LINES[answer.line].toLowerCase()}`} table="survival" query={query} figure>
      <Figure query={query} version={answer.change} />
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col">Readings</th>
            <th scope="col">With relief</th>
            <th scope="col">Without</th>
            <th scope="col">Still in relief</th>
            <th scope="col">Median (95 %)</th>
          </tr>
        </thead>
        <tbody>
          {answer.groups.map((group) => (
            <tr key={group.name}>
              <th scope="row">{group.name === "all" ? "All" : valueName(answer.group_by, group.name)}</th>
              {group.hidden ? (
                <td colSpan={5} class="faint">
                  {FEW}
                </td>
              ) : (
                <>
                  <td>{group.readings}</td>
                  <td>{count(group.with_relief)}</td>
                  <td>{count(group.without_relief)}</td>
                  <td>{count(group.censored)}</td>
                  <td class="nowrap">{medianText(group)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {answer.group_by && (
        <p class="panel-note">
          {answer.tests
            ? `Log-rank ${pText(answer.tests.middle)}; with every end at its earliest ${pText(answer.tests.low)}, at its latest ${pText(answer.tests.high)}. `
            : "No test: it needs two groups with relief, and none that is hidden. "}
          Groups of a diary cohort are not randomised: a difference is no effect.
        </p>
      )}
    </Panel>
  );
}

function Figure({ query, version }: { query: CohortQuery; version: number }) {
  const { api } = useDesk();
  const theme = useDark() ? "dark" : "light";
  const frame = useRef<HTMLDivElement>(null);
  const figure = useResource(`${JSON.stringify(query)} ${theme} ${version}`, async (signal) => (await api.cohortFigure(queryBody(query), theme, signal)).text());
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (!figure.data) return;
    try {
      frame.current?.replaceChildren(adoptSvg(parseSvg(figure.data)));
      setBroken(false);
    } catch {
      setBroken(true);
    }
  }, [figure.data]);
  return (
    <>
      <div class="cohort-figure" ref={frame} />
      {broken && <p class="problem">The picture could not be drawn. The table below has its figures.</p>}
      <Failure error={figure.error} onRetry={figure.reload} />
    </>
  );
}
