/** After saving: that it is safe, a way back, and the safety question when it is due. Nothing here goes away by itself. */
import { useEffect, useState } from "preact/hooks";
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
import { useShown } from "../useFlagLog.ts";
import { useSave } from "../useSave.ts";
import { nextText } from "./Today.tsx";

/** The bar takes the place of Save: a second tap meant for Save must not answer anything. */
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
  useShown(model, found.flags.length > 0 ? (saved.operations[0]?.entry_id ?? null) : null);

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
  const bar = asking
    ? <Bar key="ask" actions={[[later.saved.none, none], [later.saved.some, () => go("/check")]]} />
    : <Bar key="done" actions={[[t.common.done, () => onDone(false)]]} />;
  return (
    <Frame model={model} path={`${path}/saved`} action={bar}>
      <section class="calm">
        <h1 class="question saved"><span class="tick" aria-hidden="true">✓</span>{t.saved.title}</h1>
        <p role="status">{arrival(model, saved)}</p>
        {thanked && <p role="status">{later.saved.thanks}</p>}
        {!asking && <p class="muted">{nextText(model)}</p>}
        {onUndone && <p><button type="button" class="link" onClick={undo}>{later.saved.undo}</button></p>}
      </section>
      {(undoing.failed || answering.failed) && <p class="error" role="alert">{t.form.failed}</p>}
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
        </section>
      )}
      {!asking && found.flags.length === 0 && <Impression model={model} />}
      {onUndone && !asking && <p><button type="button" class="link" onClick={() => onDone(true)}>{later.saved.another}</button></p>}
    </Frame>
  );
}

function Bar({ actions }: { actions: [words: string, act: () => void][] }) {
  const deaf = useDeaf();
  const look = actions.length === 1 ? "primary" : "secondary";
  return (
    <div class="save-bar pair">
      {actions.map(([words, act]) => <button key={words} type="button" class={look} disabled={deaf} onClick={act}>{words}</button>)}
    </div>
  );
}

/** True while a bar is so new that a tap was meant for what stood there before. */
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
