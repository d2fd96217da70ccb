/** After saving: that it is safe, a way back, and the safety question when it is due. */
import { useEffect, useRef, useState } from "preact/hooks";
import { deleted, flagReport, type Draft } from "../../diary/compose.ts";
import { t } from "../../i18n/index.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { go } from "../router.ts";
import type { SavedForm } from "../saving.ts";
import { useSave } from "../useSave.ts";
import { nextText } from "./Today.tsx";

const UNDO_MS = 10_000;

interface Props {
  model: Model;
  time: number;
  saved: SavedForm;
  onUndone: (draft: Draft | null) => void;
  onDone: (another: boolean) => void;
}

export function Saved({ model, time, saved, onUndone, onDone }: Props) {
  const saving = useSave(model);
  const heading = useRef<HTMLHeadingElement>(null);
  const [canUndo, setCanUndo] = useState(true);
  const [asking, setAsking] = useState(saved.ask && saved.flags.length === 0);
  const [thanked, setThanked] = useState(false);
  useEffect(() => {
    heading.current?.focus();
    const timer = setTimeout(() => setCanUndo(false), UNDO_MS);
    return () => clearTimeout(timer);
  }, []);

  const undo = async () => {
    const writing = saving.writing(null);
    const tombstones = saved.operations.map(({ entry_id, rev_id, episode_id }) => deleted({ entryId: entry_id, head: { rev_id, episode_id } }, writing));
    if (await saving.save(tombstones)) onUndone(saved.draft);
  };
  const none = async () => {
    if (!(await saving.save([flagReport([], "C", saving.writing(saved.at))]))) return;
    setAsking(false);
    setThanked(true);
  };
  return (
    <Frame model={model} path="/today" action={<Actions canUndo={canUndo} onUndo={undo} onDone={() => onDone(false)} />}>
      <section class="calm" role="status">
        <h1 ref={heading} tabIndex={-1} class="question saved"><span class="tick" aria-hidden="true">✓</span>{t.saved.title}</h1>
        <p>{arrival(model, saved)}</p>
        {thanked && <p>{t.saved.thanks}</p>}
        <p class="muted">{nextText(model, time)}</p>
      </section>
      {saving.failed && <p class="error" role="alert">{t.form.failed}</p>}
      {saved.flags.length > 0 && (
        <section class="card danger">
          <h2>{t.saved.flagTitle}</h2>
          <p>{t.saved.flag}</p>
          <button type="button" class="secondary" onClick={() => go("/check", { symptom: saved.flags[0] })}>{t.flags.buttonGo}</button>
        </section>
      )}
      {asking && (
        <section class="card">
          <h2>{t.saved.askTitle}</h2>
          <ul class="plain">{t.saved.ask.map((symptom) => <li key={symptom}>{symptom}</li>)}</ul>
          <div class="pair">
            <button type="button" class="secondary" onClick={none}>{t.saved.none}</button>
            <button type="button" class="secondary" onClick={() => go("/check")}>{t.saved.some}</button>
          </div>
        </section>
      )}
      <p><button type="button" class="link" onClick={() => onDone(true)}>{t.saved.another}</button></p>
    </Frame>
  );
}

function Actions({ canUndo, onUndo, onDone }: { canUndo: boolean; onUndo: () => void; onDone: () => void }) {
  return (
    <div class="save-bar pair">
      {canUndo && <button type="button" class="secondary" onClick={onUndo}>{t.saved.undo}</button>}
      <button type="button" class="primary" onClick={onDone}>{t.common.done}</button>
    </div>
  );
}

function arrival(model: Model, saved: SavedForm): string {
  const ids = new Set(saved.operations.map(({ rev_id }) => rev_id));
  if (model.unsent.some(({ rev_id }) => ids.has(rev_id))) return t.saved.onPhone;
  const checking = [...model.entries].some(({ head }) => ids.has(head.rev_id) && head.state === "checking");
  return checking ? t.saved.checking : t.saved.received;
}
