/** One patient: who, which root, how long since, and the four steps of the first half hour. */
import { clock, wallAt } from "../time";
import type { RecoveryRow } from "./types";
import { indexPain, root } from "../words";
import { type MarkState, isStale, markState, minutesSince } from "./marks";
import type { Tap } from "./taps";
import type { Mark } from "./types";

export type Step = Mark | "injection" | "complications" | "phone";

const TITLES: Readonly<Record<Mark, string>> = { pre: "Before", m15: "15 min", m30: "30 min" };

export function PatientCard(props: {
  row: RecoveryRow;
  zone: string;
  now: number;
  taps: readonly Tap[];
  onStep: (step: Step) => void;
}) {
  const { row, zone, now, onStep } = props;
  const since = minutesSince(row, now);
  const tile = (mark: Mark) => (
    <MarkTile row={row} mark={mark} zone={zone} now={now} tap={tapOf(props.taps, mark)} onTap={() => onStep(mark)} />
  );
  return (
    <article class="patient" aria-label={row.patient.name}>
      <header class="patient-head">
        <h3>{row.patient.name}</h3>
        <p>
          <b>{root(row)}</b> · {indexPain(row.index_pain)} · {row.patient.record_number}
        </p>
        {since !== null && (
          <p class="since" role="timer">
            <b>{sinceText(since)}</b> since T0
          </p>
        )}
      </header>
      <div class="steps-row">
        {tile("pre")}
        <InjectionTile row={row} zone={zone} tap={props.taps.find((tap) => tap.kind === "injection")} onTap={() => onStep("injection")} />
        {tile("m15")}
        {tile("m30")}
      </div>
      <footer class="patient-foot">
        <button type="button" onClick={() => onStep("complications")}>
          <span>Complications</span> <b>{complicationsText(row)}</b>
        </button>
        <button type="button" onClick={() => onStep("phone")}>
          <span>Phone</span> <b>{row.device === "enrolled" ? "connected" : row.device === "invited" ? "invited" : "show the QR"}</b>
        </button>
      </footer>
    </article>
  );
}

function tapOf(taps: readonly Tap[], mark: Mark): Tap | undefined {
  return taps.find((tap) => tap.kind === "score" && tap.form.mark === mark && tap.state !== "saved");
}

/** "7 min", "1 h 05". */
export function sinceText(minutes: number): string {
  const whole = Math.max(0, Math.floor(minutes));
  return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, "0")}`;
}

function complicationsText(row: RecoveryRow): string {
  if (row.complications === null) return "not recorded";
  return row.complications.length ? String(row.complications.length) : "none";
}

function InjectionTile(props: { row: RecoveryRow; zone: string; tap: Tap | undefined; onTap: () => void }) {
  const { row, zone } = props;
  const given = row.performed_at;
  const pending = props.tap && props.tap.state !== "saved" ? pendingText(props.tap) : null;
  return (
    <button type="button" class={`tile ${given ? "tile-done" : "tile-due"}`} disabled={given !== null} onClick={props.onTap}>
      <span class="tile-title">Injection</span>
      <span class="tile-value">{given ? clock(wallAt(given, zone)) : "Given?"}</span>
      <span class="tile-note">{pending ?? (given ? "T0" : "tap when it ends")}</span>
    </button>
  );
}

function MarkTile(props: { row: RecoveryRow; mark: Mark; zone: string; now: number; tap: Tap | undefined; onTap: () => void }) {
  const { row, mark, zone, now, tap } = props;
  const state = markState(row, mark, now);
  const correctable = state.kind !== "done" || (state.score.source === "staff" && !(mark === "pre" && row.performed_at));
  const look = state.kind === "done" ? "done" : state.kind === "due" ? (state.late || mark === "pre" ? "due" : "open") : state.kind === "missed" ? "missed" : "later";
  return (
    <button type="button" class={`tile tile-${look}`} disabled={state.kind === "locked" || state.kind === "later" || !correctable} onClick={props.onTap}>
      <span class="tile-title">{TITLES[mark]}</span>
      <span class="tile-value">{valueText(state, mark, row)}</span>
      <span class="tile-note">{tap ? pendingText(tap) : noteText(state, mark, row, zone, now)}</span>
    </button>
  );
}

function valueText(state: MarkState, mark: Mark, row: RecoveryRow): string {
  if (state.kind === "done") return state.score.pain === null ? "skipped" : String(state.score.pain);
  if (state.kind === "due") return "Ask";
  if (state.kind === "missed") return "Missed";
  if (state.kind === "later") return `in ${state.inMinutes} min`;
  return mark === "pre" && row.performed_at ? "None" : "–";
}

function noteText(state: MarkState, mark: Mark, row: RecoveryRow, zone: string, now: number): string {
  if (state.kind === "done") {
    const at = state.score.taken_at ? `${clock(wallAt(state.score.taken_at, zone))} · ` : "";
    if (isStale(row, now) && mark === "pre") return `${at}ask again`;
    return at + { phone: "phone", staff: "staff", import: "paper", record: "record" }[state.score.source];
  }
  if (state.kind === "due") return state.late ? "due now" : mark === "pre" ? "before the injection" : "may be asked";
  if (state.kind === "missed") return "type in from paper";
  if (state.kind === "locked") return row.performed_at ? "correct the record" : "after the injection";
  return "";
}

function pendingText(tap: Tap): string {
  return tap.state === "sending" ? "saving…" : tap.state === "refused" ? "not saved" : "not saved yet";
}
