/** After saving: that it is safe, a way back, and the safety question when it is due. Nothing here goes away by itself. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Draft } from "../../diary/compose.ts";
import { deleted, flagReport } from "../../diary/revise.ts";
import { t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { useOpen } from "../context.ts";
import type { Consequences } from "../consequences.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { Impression } from "../parts/Impression.tsx";
import { go } from "../router.ts";
import type { SavedForm } from "../saving.ts";
import { useSave } from "../useSave.ts";
import { LevelScreen } from "./Level.tsx";
import { nextText } from "./Today.tsx";

/** A bar takes the place of Save: a second tap meant for Save must not answer anything. */
const DEAF_MS = 700;

interface Props {
  model: Model;
  path: string;
  saved: SavedForm;
  found: Consequences;
  /** The safety question was answered. */
  onAnswered: () => void;
  /** Absent where saving is taken back in the diary. */
  onUndone?: (draft: Draft | null) => void;
  onDone: (another: boolean) => void;
}

export function Saved({ model, path, saved, found, onAnswered, onUndone, onDone }: Props) {
  useOpen("saved");
  const undoing = useSave(model);
  const answering = useSave(model);
  const [thanked, setThanked] = useState(false);
  const asking = found.ask && found.flags.length === 0;
  const thanks = useRef<HTMLParagraphElement>(null);

  const undo = async () => {
    const writing = undoing.writing(null);
    const tombstones = saved.operations.map(({ entry_id, rev_id, episode_id }) => deleted({ entryId: entry_id, head: { rev_id, episode_id } }, writing));
    if (await undoing.save(tombstones)) onUndone?.(saved.draft);
  };
  const none = async () => {
    if (!(await answering.save([flagReport([], "C", answering.writing(saved.at), { proxy: saved.draft?.proxy ?? false })]))) return;
    setThanked(true);
    onAnswered();
  };
  useEffect(() => {
    // The button that had the focus is gone.
    if (thanked) thanks.current?.focus({ preventScroll: true });
  }, [thanked]);
  const undoLink = onUndone && <p><button type="button" class="link" onClick={undo}>{later.saved.undo}</button></p>;
  const failed = (undoing.failed || answering.failed) && <p class="error" role="alert">{t.form.failed}</p>;
  if (found.advice) {
    const { finding, revId } = found.advice;
    return (
      <LevelScreen model={model} level={finding.level} report={{ code: finding.code }} recheckAtHours={finding.recheckAtHours} revId={revId} onAgain={() => go("/check")} onClose={() => onDone(false)}>
        {failed}
        {finding.level !== "E" && (
          <section class="card">
            <p>{later.saved.flag}</p>
            <button type="button" class="secondary" onClick={() => go("/check", { symptom: finding.code })}>{t.flags.buttonGo}</button>
          </section>
        )}
        <p role="status">✓ {t.saved.title}. {arrival(model, saved)}</p>
        {undoLink}
      </LevelScreen>
    );
  }
  return (
    <Frame model={model} path={`${path}/saved`} action={asking ? null : <DoneBar onDone={() => onDone(false)} />}>
      <section class={asking ? "calm brief" : "calm"}>
        <h1 class="question saved"><span class="tick" aria-hidden="true">✓</span>{t.saved.title}</h1>
        <p role="status">{arrival(model, saved)}</p>
        {thanked && <p role="status" ref={thanks} tabIndex={-1}>{later.saved.thanks}</p>}
        {!asking && <p class="muted">{nextText(model)}</p>}
        {!asking && undoLink}
      </section>
      {failed}
      {found.flags.length > 0 && (
        <section class="card danger">
          <h2>{later.saved.flagTitle}</h2>
          <p>{later.saved.flag}</p>
          <button type="button" class="secondary" onClick={() => go("/check", { symptom: found.flags[0] })}>{t.flags.buttonGo}</button>
        </section>
      )}
      {asking && (
        <section class="card">
          <h2>{later.saved.askTitle}</h2>
          <ul class="plain">{later.saved.ask.map((symptom) => <li key={symptom}>{symptom}</li>)}</ul>
          <Answers onNone={none} onSome={() => go("/check")} />
        </section>
      )}
      {asking && undoLink}
      {!asking && found.flags.length === 0 && <Impression model={model} />}
      {onUndone && !asking && <p><button type="button" class="link" onClick={() => onDone(true)}>{later.saved.another}</button></p>}
    </Frame>
  );
}

/** Below the list, never in a bar of its own: nobody is to say "none of these" of what was not in sight. */
function Answers({ onNone, onSome }: { onNone: () => void; onSome: () => void }) {
  const deaf = useDeaf();
  return (
    <div class="stack">
      <button type="button" class="secondary" disabled={deaf} onClick={onNone}>{later.saved.none}</button>
      <button type="button" class="secondary" disabled={deaf} onClick={onSome}>{later.saved.some}</button>
    </div>
  );
}

function DoneBar({ onDone }: { onDone: () => void }) {
  const deaf = useDeaf();
  return <p class="save-bar"><button type="button" class="primary" disabled={deaf} onClick={onDone}>{t.common.done}</button></p>;
}

/** True while an answer is so new that a tap was meant for what stood there before. */
function useDeaf(): boolean {
  const [deaf, setDeaf] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setDeaf(false), DEAF_MS);
    return () => clearTimeout(timer);
  }, []);
  return deaf;
}

function arrival(model: Model, saved: SavedForm): string {
  const ids = new Set(saved.operations.map(({ rev_id }) => rev_id));
  const heads = model.entries.map(({ head }) => head).filter(({ rev_id }) => ids.has(rev_id));
  // Until the store was read again nothing is known, and "received" needs the server's word.
  if (heads.length === 0 || model.unsent.some(({ rev_id }) => ids.has(rev_id))) return t.saved.onPhone;
  return heads.some(({ state }) => state === "checking") ? later.saved.checking : later.saved.received;
}
