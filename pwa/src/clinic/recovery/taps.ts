/** Taps on their way to the server: kept on the screen until it has answered, and nowhere else. */
import type { ApiError } from "../api";
import type { ComplicationForm, InjectionForm, RecoveryDay, RecoveryRow, ScoreForm } from "./types";

export type Tap = { id: string; episodeId: string; tappedAt: number; ticks: number; state: "sending" | "waiting" | "refused" | "saved"; error: ApiError | null } & (
  | { kind: "score"; form: ScoreForm }
  | { kind: "injection"; form: InjectionForm }
  | { kind: "complication"; form: ComplicationForm }
);

/** Worth sending again as it is: nothing was wrong with what was tapped. */
export function mayRetry(error: ApiError): boolean {
  return error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
}

/** How long ago it was tapped. Of the two clocks one stops while a tablet sleeps and the other may be set. */
export function waited(tap: { tappedAt: number; ticks: number }, now: number, ticks: number): number {
  return Math.max(0, Math.round(Math.max(now - tap.tappedAt, ticks - tap.ticks)));
}

/** The day as it will be once every tap has arrived; a refused one changes nothing. */
export function withTaps(day: RecoveryDay, taps: readonly Tap[], zoneTime: (at: number) => string): RecoveryDay {
  const live = taps.filter((tap) => tap.state !== "refused");
  return {
    ...day,
    episodes: day.episodes.map((row) =>
      live.filter((tap) => tap.episodeId === row.episode_id).reduce((shown, tap) => apply(shown, tap, zoneTime), row),
    ),
  };
}

function apply(row: RecoveryRow, tap: Tap, zoneTime: (at: number) => string): RecoveryRow {
  if (tap.kind === "injection") {
    if (row.performed_at !== null) return row;
    return { ...row, status: "performed", performed_at: tap.form.performed_at ?? zoneTime(tap.tappedAt) };
  }
  if (tap.kind === "complication") return { ...row, complications: noted(row, tap.form, zoneTime(tap.tappedAt)) };
  const { mark, pain, entry_id, rev_id } = tap.form;
  const score = { pain, taken_at: zoneTime(tap.tappedAt), source: "staff" as const, entry_id, rev_id };
  return { ...row, scores: { ...row.scores, [mark]: score } };
}

function noted(row: RecoveryRow, form: ComplicationForm, at: string): RecoveryRow["complications"] {
  if (form.code === null) return form.present ? [] : null;
  const others = (row.complications ?? []).filter((one) => one.code !== form.code);
  if (form.present) return [...others, { code: form.code, at }];
  return others.length ? others : null;
}
