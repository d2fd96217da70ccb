/** The patient's own curve, drawn on the phone, and the same as a table. The numbers steer by no colour. */
import { momentFrom, shortDay } from "../i18n/index.ts";
import { later } from "../i18n/later.ts";
import { performedAt } from "../diary/episode.ts";
import { answered, type Model } from "../patient/model.ts";
import { panelsOf, rowsOf, type Panel, type Row } from "./curve.ts";

const WIDTH = 320;
const HEIGHT = 190;
const LEFT = 30;
const RIGHT = 10;
const TOP = 14;
const BOTTOM = 30;
const LEVELS = [0, 5, 10];

export function PatientCurve({ model }: { model: Model }) {
  const t0 = performedAt(model.episode);
  if (t0 === null) return null;
  const { average, pain } = model.episode.baseline;
  const entries = model.entries.map(answered);
  const panels = panelsOf(t0, model.episode.zone, entries);
  return (
    <>
      {panels.map((panel) => (
        <figure key={panel.kind} class="curve">
          <figcaption class="small muted">{titleOf(panel)}</figcaption>
          <Drawing panel={panel} baseline={average ?? pain} />
        </figure>
      ))}
      <Table rows={rowsOf(t0, entries)} now={model.time} />
    </>
  );
}

function titleOf({ kind }: Panel): string {
  return kind === "hours" ? later.companion.firstDay : later.companion.days;
}

function Drawing({ panel, baseline }: { panel: Panel; baseline: number | null }) {
  const { points, until, ticks } = panel;
  const x = (value: number) => LEFT + (value / until) * (WIDTH - LEFT - RIGHT);
  const y = (pain: number) => TOP + (1 - pain / 10) * (HEIGHT - TOP - BOTTOM);
  const scores = points.map(({ pain }) => pain);
  const about = later.companion.curveAbout(points.length, Math.min(...scores), Math.max(...scores));
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${titleOf(panel)}. ${about}`} direction="ltr">
      {LEVELS.map((level) => (
        <g key={level} class="level-line">
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(level)} y2={y(level)} />
          <text x={LEFT - 6} y={y(level) + 5} text-anchor="end">{level}</text>
        </g>
      ))}
      {baseline !== null && (
        <g class="baseline-line">
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(baseline)} y2={y(baseline)} />
          <text x={WIDTH - RIGHT} y={y(baseline) - 4} text-anchor="end">{later.companion.before}</text>
        </g>
      )}
      {ticks.map((tick) => <text key={tick} x={x(tick)} y={HEIGHT - 8} text-anchor="middle">{tick}</text>)}
      <polyline points={points.map(({ x: at, pain }) => `${x(at).toFixed(1)},${y(pain).toFixed(1)}`).join(" ")} />
      {points.map(({ x: at, pain }) => <circle key={at} cx={x(at)} cy={y(pain)} r={3.5} />)}
    </svg>
  );
}

function Table({ rows, now }: { rows: readonly Row[]; now: number }) {
  return (
    <details class="as-table">
      <summary>{later.companion.asTable}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{later.companion.when}</th>
            <th scope="col">{later.companion.score}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind}${row.at}`}>
              <th scope="row">{row.kind === "hours" ? momentFrom(now, row.at) : shortDay(row.at)}</th>
              <td>{later.diary.score(row.pain)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
