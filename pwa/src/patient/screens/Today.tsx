/** What to do now: the check-in that is due, or when the next one comes. */
import { useEffect, useState } from "preact/hooks";
import { emptyDraft, skipped, type Draft } from "../../diary/compose.ts";
import { recheckDue } from "../../diary/asking.ts";
import { canFill } from "../../diary/due.ts";
import { daysBetween } from "../../diary/moment.ts";
import type { Skip } from "../../diary/record.ts";
import { clock, nearDay, t } from "../../i18n/index.ts";
import { useServices } from "../context.ts";
import { formErrors, saveForm, type SavedForm } from "../saving.ts";
import type { Model } from "../model.ts";
import { EntryForm } from "../parts/EntryForm.tsx";
import { Frame } from "../parts/Frame.tsx";
import { SaveBar } from "../parts/SaveBar.tsx";
import { follow, go } from "../router.ts";
import { useDraft } from "../useDraft.ts";
import { useSave } from "../useSave.ts";
import { Saved } from "./Saved.tsx";

const SHOW_SAVED_MS = 60_000;

export function Today({ model, time }: { model: Model; time: number }) {
  const { store } = useServices();
  const [adding, setAdding] = useState(false);
  const [saved, setSaved] = useState<SavedForm | null>(null);
  const [undone, setUndone] = useState(false);
  const scale = model.due.now?.scale === "average_24h" ? "average_24h" : "now";
  const key = `form:${model.episode.episode_id}:${scale}`;

  useEffect(() => {
    // A form that was open when the app was closed comes back, also when nothing is due.
    void store.draft(key).catch(() => undefined).then((kept) => kept !== undefined && setAdding(true));
  }, [key]);

  const another = model.due.now !== null && model.due.now.key !== saved?.slot && saved !== null && time - saved.at > SHOW_SAVED_MS;
  if (saved && !another) {
    const reopen = async (draft: Draft | null) => {
      if (draft) await store.keepDraft(key, draft);
      setSaved(null);
      setUndone(draft !== null);
      setAdding(draft !== null);
    };
    return <Saved model={model} time={time} saved={saved} onUndone={reopen} onDone={(more) => { setSaved(null); setUndone(false); setAdding(more); }} />;
  }
  if (model.due.now || adding) {
    return <TodayForm key={key} model={model} draftKey={key} scale={scale} undone={undone} onSaved={(form) => { setSaved(form); setAdding(false); setUndone(false); }} />;
  }
  return <Idle model={model} time={time} onAdd={() => setAdding(true)} />;
}

interface FormProps {
  model: Model;
  draftKey: string;
  scale: "now" | "average_24h";
  undone: boolean;
  onSaved: (form: SavedForm) => void;
}

function TodayForm({ model, draftKey, scale, undone, onSaved }: FormProps) {
  const { now } = useServices();
  const { draft, change, begunAt, startAgain, stop } = useDraft(draftKey, () => emptyDraft(scale, now()));
  const saving = useSave(model);
  const [tried, setTried] = useState(false);
  const slot = model.due.now;
  if (!draft) return <Frame model={model} path="/today">{null}</Frame>;
  const missing = formErrors(draft, now());

  const save = async () => {
    setTried(true);
    if (missing) return focusProblem(missing);
    stop();
    const form = await saveForm(model, draft, slot?.key ?? null, saving, draftKey);
    if (form) onSaved(form);
  };
  const skip = async (why: Skip) => {
    stop();
    const operation = skipped(scale, why, saving.writing(draft.openedAt));
    if (await saving.save([operation], draftKey)) onSaved({ at: now(), operations: [operation], slot: slot?.key ?? null, draft: null, flags: [], ask: false });
  };
  return (
    <Frame model={model} path="/today" action={<SaveBar label={t.form.save} saving={saving} onSave={save} />}>
      {begunAt !== null && (
        <p class="notice">
          {t.form.draft(clock(begunAt))} <button type="button" class="link" onClick={startAgain}>{t.form.startAgain}</button>
        </p>
      )}
      {undone && <p class="notice" role="status">{t.saved.undone}</p>}
      <Recheck model={model} time={now()} />
      <EntryForm
        episode={model.episode}
        draft={draft}
        change={change}
        now={now}
        missing={tried ? missing : null}
        {...(slot?.expected ? { onSkip: skip } : {})}
      />
    </Frame>
  );
}

function focusProblem(missing: "score" | "future" | "time"): void {
  const target = missing === "score" ? document.querySelector<HTMLElement>("#pain input") : document.querySelector<HTMLElement>("input[type=datetime-local]");
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

function Idle({ model, time, onAdd }: { model: Model; time: number; onAdd: () => void }) {
  const { place } = model;
  const fillable = model.due.missed.filter((one) => canFill(one, time)).length;
  const [title, text] =
    place.kind === "planned" ? [t.today.plannedTitle, t.today.planned]
    : place.kind === "ended" ? [t.today.endedTitle, t.today.ended]
    : [t.today.nothingDue, nextText(model, time)];
  return (
    <Frame model={model} path="/today" action={<p class="save-bar"><button type="button" class="primary" onClick={onAdd}>{t.today.add}</button></p>}>
      <Recheck model={model} time={time} />
      <section class="calm">
        <h1 class="question">{title}</h1>
        <p>{text}</p>
        {place.kind !== "planned" && place.kind !== "ended" && <p class="muted">{t.today.anyTime}</p>}
      </section>
      {fillable > 0 && (
        <p class="card row">
          <span>{t.today.missed(fillable)}</span>
          <a class="link" href="/history" onClick={follow}>{t.today.openDiary}</a>
        </p>
      )}
    </Frame>
  );
}

export function nextText(model: Model, time: number): string {
  const { next } = model.due;
  if (!next) return "";
  const days = daysBetween(model.episode.zone, time, next.plannedAt);
  const soon = next.kind === "early" || next.kind === "hour";
  if (soon && days === 0) return t.today.nextAt(clock(next.plannedAt));
  return t.today.nextFrom(nearDay(days, next.plannedAt), clock(soon ? next.plannedAt : next.onTimeFrom));
}

function Recheck({ model, time }: { model: Model; time: number }) {
  const code = recheckDue(model.episode, model.reports, time);
  if (code === null) return null;
  return (
    <section class="card danger">
      <h2>{t.today.recheckTitle}</h2>
      <p>{t.today.recheck}</p>
      <button type="button" class="secondary" onClick={() => go("/check", { symptom: code })}>{t.flags.buttonGo}</button>
    </section>
  );
}
