/** The worklist's rows: one episode each, the whole row opens it. */
import type { ComponentChildren } from "preact";
import { AlertBadge, Confidence, Verdict } from "./parts/badges";
import { paths } from "./route";
import { ago, dayCount, shortDate, wallAt } from "./time";
import type { AlertLevel, EpisodeRow } from "./types";
import { ALERT_LEVELS, DEVICES, endedBy, FLARES, headline, root, SHAPES, STATUSES, STEROID_STATUSES, UNREACHED, VERDICTS, wordsFor } from "./words";

const RANK: Record<AlertLevel, number> = { E: 0, S: 1, N: 2 };

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
  "Phone",
];

/** Open red flags first, the gravest before the others; the server's order holds among equals. */
export function alertsFirst(rows: readonly EpisodeRow[]): EpisodeRow[] {
  const rank = (row: EpisodeRow) => (row.open_alerts ? RANK[row.highest_alert ?? "N"] : 3);
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

export function EpisodeTable(props: { rows: EpisodeRow[]; now: Date }) {
  return (
    // The roles are written out because narrow screens lay the table out as cards.
    <table class="worklist" role="table" aria-label="Episodes" onKeyDown={moveBetweenRows}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((name) => (
            <th key={name} role="columnheader" scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {alertsFirst(props.rows).map((row) => (
          <Row key={row.episode_id} row={row} now={props.now} />
        ))}
      </tbody>
    </table>
  );
}

/** Up and down walk the rows, as Tab would. */
function moveBetweenRows(event: KeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const table = event.currentTarget as HTMLElement;
  const links = Array.from(table.querySelectorAll<HTMLElement>("a.row-link"));
  const here = links.indexOf(document.activeElement as HTMLElement);
  const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
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
      <Cell name="Root">{root(row)}</Cell>
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
      </Cell>
      <Cell name="Phone">
        <span class={row.device === "enrolled" ? undefined : "faint"}>{wordsFor(DEVICES, row.device)}</span>
        {row.unreached?.map((channel) => (
          <span key={channel} class="second caution">
            {wordsFor(UNREACHED, channel)}
          </span>
        ))}
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
