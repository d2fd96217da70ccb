/** What a colleague tapped and an ended session kept from being saved: entered now, or let go in so many words. */
import { useState } from "preact/hooks";
import type { ApiError } from "../api";
import { asApiError, useDesk } from "../context";
import { errorSentence } from "../words";
import { type HandOver, type HeldTap, mayEnter } from "./handOver";
import { send } from "./send";
import { tapText } from "./tapText";

const LOSE = "These taps are lost then and have to be taken again. Lose them?";

export function HandedOver(props: { left: HandOver; onLeft: (taps: readonly HeldTap[]) => void; onSaved: () => void }) {
  const { left, onLeft } = props;
  const { api, session, announce } = useDesk();
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Readonly<Record<string, ApiError>>>({});

  const save = async () => {
    setBusy(true);
    const failed: HeldTap[] = [];
    const found: Record<string, ApiError> = {};
    // One after the other: a score after the injection needs the injection.
    for (const held of left.taps) {
      try {
        await send(api, held.tap, true);
      } catch (cause) {
        failed.push(held);
        found[held.tap.id] = asApiError(cause);
      }
    }
    setBusy(false);
    setProblems(found);
    announce(failed.length ? "Not everything was saved." : "Saved.");
    if (failed.length < left.taps.length) props.onSaved();
    onLeft(failed);
  };

  const able = mayEnter(session, left);
  const count = left.taps.length === 1 ? "1 tap" : `${left.taps.length} taps`;
  if (left.clinicId !== session.clinician.clinic_id)
    return (
      <section class="notice notice-warn unsaved handed-over" role="alert" aria-label="Taps that were not saved">
        <p>
          <b>{count} of another clinic's session {left.taps.length === 1 ? "was" : "were"} not saved.</b> Somebody of that clinic has to sign in here for it.
        </p>
      </section>
    );
  return (
    <section class="notice notice-warn unsaved handed-over" role="alert" aria-label="Taps that were not saved">
      <p>
        <b>
          {count} of {left.by} {left.taps.length === 1 ? "is" : "are"} not saved.
        </b>{" "}
        {able
          ? "The session ended first. Saved now, each keeps the moment of its tap and is entered under your name."
          : "The session ended first. A nurse or a physician who signs in here can still save them."}
      </p>
      <ul class="plain-list">
        {left.taps.map((held) => (
          <li key={held.tap.id}>
            <b>{held.patient}</b>: {tapText(held.tap)}, tapped {held.at}
            {problems[held.tap.id] && <span class="problem"> Not saved. {errorSentence(problems[held.tap.id] as ApiError)}</span>}
          </li>
        ))}
      </ul>
      {able && (
        <div class="row">
          <button type="button" class="primary tall" disabled={busy} onClick={save}>
            {busy ? "Saving…" : "Save under my name"}
          </button>
          <button type="button" class="tall" disabled={busy} onClick={() => confirm(LOSE) && onLeft([])}>
            Do not save
          </button>
        </div>
      )}
    </section>
  );
}
