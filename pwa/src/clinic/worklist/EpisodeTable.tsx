/** The worklist's rows: one episode each, the whole row opens it. */
import type { ComponentChildren } from "preact";
import { AlertBadge, Confidence, Verdict } from "../parts/badges";
import { ColumnHeads } from "../parts/ColumnHeads";
import { paths } from "../route";
import { GROUP_NAMES, GROUP_NOTES, type Group } from "./view";
import { ago, dayCount, shortDate, wallAt } from "../time";
import { STATES } from "../sign/signText";
import type { EpisodePage, EpisodeRow } from "../types";
import { ALERT_LEVELS, DEVICES, endedBy, FLARES, headline, root, SHAPES, STATUSES, STEROID_STATUSES, UNREACHED, VERDICTS, wordsFor } from "../words";

const COLUMNS = [
  "Patient",
  "Root",
  "T0",
  "Alerts",
  "Anaesthetic",
  "Flare",
  "Steroid",
  "Lasted",
  "Shape",
  "Confidence",
  "Last entry",
  "Sign-off",
];

export function EpisodeTable(props: { page: EpisodePage; now: Date; grouped: boolean }) {
  const { page, now } = props;
  const parts = props.grouped ? byGroup(page.episodes) : [{ group: null, rows: page.episodes }];
  return (
    // The roles are written out because narrow screens lay the table out as cards.
    <table class="worklist" role="table" aria-label="Episodes">
      <ColumnHeads names={COLUMNS} />
      {parts.map(({ group, rows }) => (
        <tbody key={group ?? "all"} role="rowgroup" aria-label={group ? GROUP_NAMES[group] : undefined}>
          {group && <GroupHead group={group} count={page.counts[group] ?? rows.length} />}
          {rows.map((row) => (
            <Row key={row.episode_id} row={row} now={now} />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** The page's rows in runs of one group; the server has put them into order. */
function byGroup(rows: readonly EpisodeRow[]): { group: Group; rows: EpisodeRow[] }[] {
  const parts: { group: Group; rows: EpisodeRow[] }[] = [];
  for (const row of rows) {
    const last = parts.at(-1);
    if (last?.group === row.group) last.rows.push(row);
    else parts.push({ group: row.group, rows: [row] });
  }
  return parts;
}

function GroupHead({ group, count }: { group: Group; count: number }) {
  return (
    <tr role="row" class={`group-head group-head-${group}`}>
      <th role="rowheader" scope="rowgroup" colSpan={COLUMNS.length}>
        {GROUP_NAMES[group]} <b>{count}</b> <span class="group-note">{GROUP_NOTES[group]}</span>
      </th>
    </tr>
  );
}

function Cell(props: { name: string; class?: string; children: ComponentChildren }) {
  return (
    <td role="cell" data-name={props.name} class={props.class}>
      {props.children}
    </td>
  );
}

function Row({ row, now }: { row: EpisodeRow; now: Date }) {
  return (
    <tr role="row" class={row.open_alerts ? `has-alert has-alert-${row.highest_alert ?? "N"}` : undefined}>
      <th role="rowheader" scope="row">
        <a class="row-link" href={paths.episode(row.episode_id)}>
          {row.patient.name}
        </a>
        <span class="second">{row.patient.record_number}</span>
      </th>
      <Cell name="Root">
        {root(row)}
        <a class="second row-aside" href={paths.passport(row.patient.patient_id)} title="All blocks of this patient">
          passport
        </a>
      </Cell>
      <Cell name="T0">
        <TimeZero row={row} now={now} />
      </Cell>
      <Cell name="Alerts">
        <AlertBadge level={row.highest_alert} count={row.open_alerts} />
        {row.highest_seen_alert && <span class="second">{wordsFor(ALERT_LEVELS, row.highest_seen_alert)} seen</span>}
        {row.quarantined > 0 && <span class="second">{row.quarantined} held back</span>}
      </Cell>
      <Cell name="Anaesthetic">
        <Verdict code={row.verdict} words={VERDICTS} />
      </Cell>
      <Cell name="Flare">
        <Verdict code={row.flare} words={FLARES} />
      </Cell>
      <Cell name="Steroid">
        <Verdict code={row.steroid} words={STEROID_STATUSES} />
      </Cell>
      <Cell name="Lasted" class="figure">
        {headline(row.headline)}
        {row.headline?.name === "L30" && <span class="second">at 30 %</span>}
        {endedBy(row.headline) && <span class="second">{endedBy(row.headline)}</span>}
      </Cell>
      <Cell name="Shape">
        <Verdict code={row.shape} words={SHAPES} />
      </Cell>
      <Cell name="Confidence">
        <Confidence grade={row.confidence} />
      </Cell>
      <Cell name="Last entry">
        {row.last_entry_at ? ago(row.last_entry_at, now, row.zone) : <span class="faint">none yet</span>}
        {row.device !== "enrolled" && <span class="second">{wordsFor(DEVICES, row.device)}</span>}
        {row.unreached?.map((channel) => (
          <span key={channel} class="second caution">
            {wordsFor(UNREACHED, channel)}
          </span>
        ))}
        {row.group === "follow_up" && row.follow_up_at && <span class="second">due {ago(row.follow_up_at, now, row.zone)}</span>}
      </Cell>
      <Cell name="Sign-off">
        {row.verdict ? <span class={`signed-${row.sign_state}`}>{STATES[row.sign_state]}</span> : <span class="faint">–</span>}
      </Cell>
    </tr>
  );
}

function TimeZero({ row, now }: { row: EpisodeRow; now: Date }) {
  if (!row.performed_at) return <span class="faint">{wordsFor(STATUSES, row.status)}</span>;
  const wall = wallAt(row.performed_at, row.zone);
  const ended = row.status === "closed" || row.status === "cancelled";
  return (
    <>
      <span class="nowrap">{shortDate(wall, wall.year !== wallAt(now, row.zone).year)}</span>
      <span class="second">
        {ended ? wordsFor(STATUSES, row.status) : `day ${dayCount(row.performed_at, now, row.zone)}`}
      </span>
    </>
  );
}
