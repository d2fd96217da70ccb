/** One tap on its way to the server; the wait is measured anew at every try. */
import type { ClinicApi } from "../api";
import { type Tap, waited } from "./taps";

export function send(api: ClinicApi, tap: Tap, takenOver = false): Promise<unknown> {
  const sent = { waited_ms: waited(tap, Date.now(), performance.now()), taken_over: takenOver };
  if (tap.kind === "score") return api.recordScore(tap.episodeId, { ...tap.form, ...sent });
  if (tap.kind === "injection") return api.confirmInjection(tap.episodeId, { ...tap.form, ...sent });
  return api.noteComplication(tap.episodeId, { ...tap.form, ...sent });
}
