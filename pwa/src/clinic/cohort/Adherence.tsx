/** How well the diaries were kept: by phase, and by the channel that reminded. */
import { useDesk, useResource } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { channelName, count, PERIODS, queryBody } from "./cohortText";
import { Panel, RateCell } from "./Panel";
import type { CohortAnswer, CohortQuery } from "./types";

export function Adherence({ answer, query }: { answer: CohortAnswer; query: CohortQuery }) {
  return (
    <>
      <Panel title="Check-ins by phase" table="adherence" query={query}>
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col">On time</th>
              <th scope="col">Filled at all</th>
              <th scope="col">Missing</th>
              <th scope="col">Diaries</th>
            </tr>
          </thead>
          <tbody>
            {answer.adherence.map((row) => (
              <tr key={row.phase}>
                <th scope="row">{PERIODS[row.phase] ?? row.phase}</th>
                <RateCell rate={row.on_time} />
                <RateCell rate={row.filled} bar={false} />
                <td>{count(row.missing)}</td>
                <td>{count(row.diaries)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Channels query={query} version={answer.change} />
    </>
  );
}

function Channels({ query, version }: { query: CohortQuery; version: number }) {
  const { api } = useDesk();
  const told = useResource(`${JSON.stringify(query)} ${version}`, (signal) => api.cohortChannels(queryBody(query), signal));
  return (
    <Panel
      title="Check-ins by reminder channel"
      table="channels"
      query={query}
      note="A reminder counts for the last channel it went out by. Only the app's notification says whether it was shown."
    >
      <Failure error={told.error} onRetry={told.reload} />
      {told.data ? (
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Channel</th>
              <th scope="col">Answered</th>
              <th scope="col">Seen</th>
              <th scope="col">Diaries</th>
            </tr>
          </thead>
          <tbody>
            {told.data.map((row) => (
              <tr key={row.channel}>
                <th scope="row">{channelName(row.channel)}</th>
                <RateCell rate={row.answered} />
                {row.channel === "push" ? <RateCell rate={row.seen} bar={false} /> : <td class="faint">not known</td>}
                <td>{count(row.diaries)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        !told.error && <Waiting label="Counting the reminders…" />
      )}
    </Panel>
  );
}
