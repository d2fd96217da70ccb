/** What to do now: the check-in that is due, or when the next one comes. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { emptyDraft, isTouched, skipped, type Draft } from "../../diary/compose.ts";
import { localDaysBetween } from "../../diary/moment.ts";
import { answeredKeys, canFill, type CheckIn } from "../../diary/due.ts";
import type { Skip } from "../../diary/record.ts";
import { clock, nearDay, t } from "../../i18n/index.ts";
import { usePart, useServices } from "../context.ts";
import { formErrors, saveForm, saveOperations, type Missing, type SavedForm } from "../saving.ts";
import { answered, type Model } from "../model.ts";
import { EntryForm } from "../parts/EntryForm.tsx";
import { Frame } from "../parts/Frame.tsx";
import { SaveBar } from "../parts/SaveBar.tsx";
import { follow, replace } from "../router.ts";
import { followsScore } from "../kept.ts";
import { useDraft } from "../useDraft.ts";
import { useSave } from "../useSave.ts";

const SHOW_SAVED_MS = 60_000;

/** The form of one check-in, or of a score between check-ins. */
interface Form {
  key: string;
  scale: "now" | "average_24h";
  slot: { key: string; expected: boolean } | null;
}

/** What the patient asked for beside what is due: a score between check-ins, or one that is only offered. */
type Adding = "extra" | "offered" | null;

interface Props {
  model: Model;
  time: number;
  /** The check-in a reminder's link names. */
  checkin: string | null;
}

export function Today({ model, time, checkin }: Props) {
  const { store } = useServices();
  const { part } = usePart("help");
  const [adding, setAdding] = useState<Adding>(null);
  const [saved, setSaved] = useState<SavedForm | null>(null);
  const [savedFrom, setSavedFrom] = useState<Form | null>(null);
  const [undone, setUndone] = useState(false);
  /** The form the patient has begun: it stays what it is until it is saved or left. */
  const [begun, setBegun] = useState<Form | null>(null);
  const form = begun ?? formOf(model, adding);
  const [link, followed] = useLink(model, checkin);

  useEffect(() => {
    // A form that was open when the app was closed comes back, also when nothing is due.
    for (const [key, kind] of [[keyOf(model, "now"), "extra"], [keyOf(model, "average_24h"), "offered"]] as const) {
      void store.draft(key).catch(() => undefined).then((kept) => kept !== undefined && setAdding(kind));
    }
  }, [form.key]);

  const next = model.due.now !== null && model.due.now.key !== saved?.slot;
  // A symptom card or the safety question stays until the patient has dealt with it.
  const found = useMemo(() => (saved && part ? part.consequences(saved) : null), [saved, part]);
  const settled = found !== null && !found.ask && found.flags.length === 0;
  if (saved && !begun && !(settled && next && time - saved.at > SHOW_SAVED_MS)) {
    const reopen = async (draft: Draft | null) => {
      if (draft && savedFrom) await store.keepDraft(savedFrom.key, draft);
      setSaved(null);
      setUndone(draft !== null);
      setBegun(draft && savedFrom);
    };
    const done = (more: boolean) => {
      setSaved(null);
      setUndone(false);
      setAdding(more ? "extra" : null);
    };
    if (!part || !found) return <Frame model={model} path="/today/saved"><h1 class="question">{t.saved.title}</h1></Frame>;
    return <part.Saved model={model} path="/today" saved={saved} found={found} onAnswered={() => setSaved({ ...saved, asks: false })} onUndone={reopen} onDone={done} />;
  }
  if ((form.slot || adding || begun) && link !== "impression") {
    const leave = () => {
      setBegun(null);
      setAdding(null);
      setUndone(false);
    };
    return (
      <TodayForm
        key={form.key}
        model={model}
        form={form}
        undone={undone}
        onBegun={() => setBegun(form)}
        onSaved={(done) => { followed(); setBegun(null); setSavedFrom(form); setSaved(done); setAdding(null); setUndone(false); }}
        onLeave={leave}
      />
    );
  }
  return <Idle model={model} answered={link === "answered"} onAdd={(what) => { followed(); setAdding(what); }} />;
}

/** A check-in that is due opens by itself; one that is only offered for the evening waits to be asked for. */
function formOf(model: Model, adding: Adding): Form {
  const { now } = model.due;
  const slot = now && (!isOffered(now) || adding === "offered") && adding !== "extra" ? now : null;
  const scale = slot?.scale === "average_24h" ? "average_24h" : "now";
  return { key: keyOf(model, scale), scale, slot };
}

function isOffered({ kind, expected }: CheckIn): boolean {
  return !expected && kind !== "early";
}

function keyOf({ episode }: Model, scale: Form["scale"]): string {
  return `form:${episode.episode_id}:${scale}`;
}

/**
 * Where a reminder's link leads when its check-in is not the one that is due, and the way to say that it was followed.
 * The phone may learn of the injection only after it was opened, so the link is looked at until then.
 */
function useLink(model: Model, checkin: string | null): ["answered" | "impression" | null, () => void] {
  const { due, checkIns, entries, time } = model;
  const [wanted, setWanted] = useState(checkin);
  useEffect(() => setWanted(checkin), [checkin]);
  const missed = due.now === null && due.missed.find((one) => one.key === wanted && canFill(one, time));
  useEffect(() => {
    if (missed) replace(`/history/fill/${missed.key}`);
  }, [missed]);
  const followed = () => setWanted(null);
  if (wanted === null || wanted === due.now?.key) return [null, followed];
  if (wanted.startsWith("pgic")) return ["impression", followed];
  return [answeredKeys(checkIns, entries.map(answered)).has(wanted) ? "answered" : null, followed];
}

interface FormProps {
  model: Model;
  form: Form;
  undone: boolean;
  onBegun: () => void;
  onSaved: (saved: SavedForm) => void;
  onLeave: () => void;
}

function TodayForm({ model, form, undone, onBegun, onSaved, onLeave }: FormProps) {
  const { now } = useServices();
  const { scale, slot, key: draftKey } = form;
  const { draft, change, begunAt, startAgain, stop } = useDraft(draftKey, () => emptyDraft(scale, now()));
  const saving = useSave(model);
  const [tried, setTried] = useState(false);
  const touched = draft !== null && isTouched(draft);
  const { part: later } = usePart("reminders");
  const asked = model.due.now?.key === slot?.key ? model.due.now : null;
  useEffect(() => {
    if (touched) onBegun();
  }, [touched]);
  if (!draft) return <Frame model={model} path="/today">{null}</Frame>;
  const missing = formErrors(draft, now());

  const save = async () => {
    setTried(true);
    if (missing) return focusProblem(missing);
    stop();
    const saved = await saveForm(model, draft, slot?.key ?? null, saving, draftKey);
    if (saved) onSaved(saved);
  };
  const skip = async (why: Skip) => {
    stop();
    const operations = [skipped(scale, why, saving.writing(draft.openedAt), draft.proxy)];
    const saved = await saveOperations(model, operations, { slot: slot?.key ?? null, draft: null, saving, draftKey });
    if (saved) onSaved(saved);
  };
  const leave = () => {
    startAgain();
    onLeave();
  };
  return (
    <Frame model={model} path="/today" action={<SaveBar label={t.form.save} saving={saving} onSave={save} />}>
      {!slot?.expected && <p><button type="button" class="link" onClick={leave}>{t.common.cancel}</button></p>}
      {begunAt !== null && (
        <p class="notice">
          {t.form.draft(clock(begunAt))} {followsScore(draft, begunAt) && `${t.form.draftNow} `}<button type="button" class="link" onClick={startAgain}>{t.form.startAgain}</button>
        </p>
      )}
      {undone && <p class="notice" role="status">{t.saved.undone}</p>}
      <Recheck model={model} />
      <EntryForm
        model={model}
        draft={draft}
        change={change}
        now={now}
        missing={tried ? missing : null}
        {...(slot?.expected ? { onSkip: skip } : {})}
      />
      {asked && later && model.meta.unreminded?.why !== "unset" && <later.Snooze episodeId={model.episode.episode_id} slot={asked.key} until={asked.lateUntil} now={model.time} />}
    </Frame>
  );
}

const PLACES = { score: "#pain input", dose: "#dose", glucose: "#glucose", future: "input[type=datetime-local]", time: "input[type=datetime-local]" };

function focusProblem(missing: NonNullable<Missing>): void {
  const target = document.querySelector<HTMLElement>(PLACES[missing]);
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}

function Idle({ model, answered, onAdd }: { model: Model; answered: boolean; onAdd: (what: Adding) => void }) {
  const { place, time } = model;
  const { part } = usePart("companion");
  const offered = model.due.now !== null && isOffered(model.due.now);
  const fillable = model.due.missed.filter((one) => canFill(one, time)).length;
  const [title, text] =
    place.kind === "planned" ? [plannedTitle(model), t.today.planned]
    : place.kind === "ended" ? [t.today.endedTitle, t.today.ended]
    : [t.today.nothingDue, nextText(model)];
  return (
    <Frame model={model} path="/today" action={<p class="save-bar"><button type="button" class="primary" onClick={() => onAdd("extra")}>{t.today.add}</button></p>}>
      <Recheck model={model} />
      {answered && <p class="notice" role="status">{t.today.answered}</p>}
      <section class="calm">
        <h1 class="question">{title}</h1>
        <p>{text}</p>
        {place.kind !== "planned" && place.kind !== "ended" && <p class="muted">{t.today.anyTime}</p>}
      </section>
      {offered && (
        <section class="card">
          <h2>{t.today.evening}</h2>
          <p>{t.today.eveningNote}</p>
          <button type="button" class="secondary" onClick={() => onAdd("offered")}>{t.today.eveningAdd}</button>
        </section>
      )}
      {fillable > 0 && (
        <p class="card row">
          <span>{t.today.missed(fillable)}</span>
          <a class="link" href="/history" onClick={follow}>{t.today.openDiary}</a>
        </p>
      )}
      {part && <part.Companion model={model} />}
    </Frame>
  );
}

/** With its day, where the clinic has planned one that has not passed. */
function plannedTitle({ episode, time }: Model): string {
  if (!episode.planned_on) return t.today.plannedTitle;
  const at = Date.parse(`${episode.planned_on}T12:00`);
  const days = localDaysBetween(time, at);
  return days >= 0 ? t.today.plannedOn(nearDay(days, at)) : t.today.plannedTitle;
}

/** When the next check-in comes, by the clock and the days of this phone. */
export function nextText({ due, time }: Model): string {
  const { next } = due;
  if (!next) return "";
  const days = localDaysBetween(time, next.plannedAt);
  const short = next.kind === "early" || next.kind === "hour";
  if (short && days === 0) return t.today.nextAt(clock(next.plannedAt));
  const from = short ? next.plannedAt : next.onTimeFrom;
  return t.today.nextFrom(nearDay(localDaysBetween(time, from), from), clock(from));
}

/** A reported symptom may be due for a second look; only then is the part that knows symptoms needed. */
function Recheck({ model }: { model: Model }) {
  const { part } = usePart(model.reports.some(({ body }) => body.reports.length > 0) ? "help" : null);
  return part && <part.Recheck model={model} />;
}
