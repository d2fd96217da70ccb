/** The patient's impression of change: seven answers, one tap, and a way back. */
import { useEffect, useRef, useState } from "preact/hooks";
import { impressionSlots } from "../../diary/checkIns.ts";
import { CHANGES, impression, impressionDue } from "../../diary/impressions.ts";
import type { Operation } from "../../diary/record.ts";
import { deleted } from "../../diary/revise.ts";
import { t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { useServices } from "../context.ts";
import { isHelping, sayHelping } from "../helping.ts";
import type { Model } from "../model.ts";
import { useSave } from "../useSave.ts";

export function Impression({ model }: { model: Model }) {
  const [given, setGiven] = useState<Operation | null>(null);
  const due = impressionDue(impressionSlots(model.episode), model.impressions, model.time);
  if (given) return <Given model={model} given={given} onUndone={() => setGiven(null)} />;
  return due && <Question key={due.key} model={model} slot={due.key} onGiven={setGiven} />;
}

function Question({ model, slot, onGiven }: { model: Model; slot: string; onGiven: (operation: Operation) => void }) {
  const { now } = useServices();
  const saving = useSave(model);
  const [proxy, setProxy] = useState(() => isHelping(now()));
  const help = () => {
    sayHelping(!proxy, now());
    setProxy(!proxy);
  };
  const give = async (change: number) => {
    const operation = impression(change, slot, saving.writing(null), proxy);
    if (await saving.save([operation])) onGiven(operation);
  };
  return (
    <section class="card" aria-labelledby="impression">
      <h2 id="impression">{later.impression.title}</h2>
      <p class="muted small">{later.impression.hint}</p>
      {saving.failed && <p class="error" role="alert">{t.form.failed}</p>}
      <div class="stack">
        {CHANGES.map((change) => (
          <button key={change} type="button" class="answer" onClick={() => give(change)}>{later.impression.changes[change - 1]}</button>
        ))}
      </div>
      <button type="button" class="chip start" aria-pressed={proxy} onClick={help}>{t.form.helping}</button>
    </section>
  );
}

function Given({ model, given, onUndone }: { model: Model; given: Operation; onUndone: () => void }) {
  const undoing = useSave(model);
  const answer = useRef<HTMLParagraphElement>(null);
  // The button that was tapped is gone; whoever uses a keyboard goes on from here.
  useEffect(() => answer.current?.focus({ preventScroll: true }), []);
  const undo = async () => {
    const { entry_id: entryId, ...head } = given;
    if (await undoing.save([deleted({ entryId, head }, undoing.writing(null))])) onUndone();
  };
  return (
    <section class="card">
      <p ref={answer} tabIndex={-1} role="status"><b>{given.kind === "impression" && given.op === "put" ? later.impression.changes[given.body.change - 1] : null}</b></p>
      <p class="row">
        <span>{later.impression.saved}</span>
        <button type="button" class="link" onClick={undo}>{later.impression.undo}</button>
      </p>
      {undoing.failed && <p class="error" role="alert">{t.form.failed}</p>}
    </section>
  );
}
