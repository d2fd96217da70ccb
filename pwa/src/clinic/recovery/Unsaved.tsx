/** Taps that have not reached the server, said where nobody can miss it. */
import { errorSentence } from "../words";
import type { Taps } from "./useTaps";

export function Unsaved({ taps, nameOf }: { taps: Taps; nameOf: (episodeId: string) => string }) {
  const waiting = taps.all.filter((tap) => tap.state === "waiting");
  return (
    <>
      {waiting.length > 0 && (
        <div class="notice notice-warn unsaved" role="alert">
          <p>
            <b>{waiting.length === 1 ? "1 tap is not saved yet." : `${waiting.length} taps are not saved yet.`}</b> Kept on this screen with the
            moment it was made, and sent again by itself. Leave this page open.
          </p>
          <button type="button" class="button" onClick={taps.sendNow}>
            Send now
          </button>
        </div>
      )}
      {taps.refused.map((tap) => (
        <div class="notice notice-danger unsaved" role="alert" key={tap.id}>
          <p>
            <b>
              {nameOf(tap.episodeId)}: {what(tap)} was not saved.
            </b>{" "}
            {tap.error && errorSentence(tap.error)}
          </p>
          <button type="button" class="button" onClick={() => taps.dismiss(tap.id)}>
            Understood
          </button>
        </div>
      ))}
    </>
  );
}

function what(tap: Taps["all"][number]): string {
  if (tap.kind === "score") return `the score ${tap.form.pain}`;
  return tap.kind === "injection" ? "the moment of the injection" : "the complication";
}
