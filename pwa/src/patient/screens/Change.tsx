/** Changing or deleting an entry, and filling in a missed check-in from memory. Both add a version; none is overwritten. */
import { useMemo, useState } from "preact/hooks";
import { emptyDraft } from "../../diary/compose.ts";
import type { Entry } from "../../diary/head.ts";
import { canFill, type CheckIn } from "../../diary/due.ts";
import { changed, deleted, draftOf } from "../../diary/revise.ts";
import { clock, t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { consequences } from "../consequences.ts";
import { useServices } from "../context.ts";
import type { Model } from "../model.ts";
import { Confirm } from "../parts/Confirm.tsx";
import { EntryForm } from "../parts/EntryForm.tsx";
import { Frame } from "../parts/Frame.tsx";
import { SaveBar } from "../parts/SaveBar.tsx";
import { go } from "../router.ts";
import { formErrors, saveForm, saveOperations, type SavedForm } from "../saving.ts";
import { useDraft } from "../useDraft.ts";
import { useSave } from "../useSave.ts";
import { checkInName } from "../names.ts";
import type { Done } from "../parts/UndoBar.tsx";
import { isLocked } from "./History.tsx";
import { NotFound } from "./NotFound.tsx";
import { Saved } from "./Saved.tsx";

export function Edit({ model, entryId }: { model: Model; entryId: string }) {
  const [saved, setSaved] = useState<SavedForm | null>(null);
  if (saved) return <After model={model} path="/history/edit" saved={saved} onSaved={setSaved} />;
  const entry = model.entries.find((one) => one.entryId === entryId && one.head.by === "patient");
  if (!entry) return <NotFound model={model} />;
  if (isLocked(model, entry)) return <Frame model={model} path="/history/edit"><p>{later.diary.lockedEntry}</p></Frame>;
  return <EditForm key={entryId} model={model} entry={entry} onSaved={setSaved} />;
}

/** What was saved may need a look, or the daily question is due; otherwise it is back to the diary at once. */
function After({ model, path, saved, onSaved }: { model: Model; path: string; saved: SavedForm; onSaved: (saved: SavedForm) => void }) {
  const found = useMemo(() => consequences(saved), [saved]);
  return <Saved model={model} path={path} saved={saved} found={found} onAnswered={() => onSaved({ ...saved, asks: false })} onDone={() => go("/history")} />;
}

/** `done`: what can be taken back in the diary. */
function leaveOrAsk(saved: SavedForm, onSaved: (saved: SavedForm) => void, done?: Done): void {
  const { ask, flags } = consequences(saved);
  if (ask || flags.length > 0) onSaved(saved);
  else go("/history", done ? { done } : {});
}

function EditForm({ model, entry, onSaved }: { model: Model; entry: Entry; onSaved: (saved: SavedForm) => void }) {
  const { now, store } = useServices();
  const saving = useSave(model);
  const removing = useSave(model);
  const [tried, setTried] = useState(false);
  const [asking, setAsking] = useState(false);
  const key = `edit:${entry.head.rev_id}`;
  const { draft, change, stop } = useDraft(key, () => draftOf(entry.body, now(), !model.hiding.hidden));
  if (!draft) return <Frame model={model} path="/history/edit">{null}</Frame>;
  const missing = formErrors(draft, now(), true);
  const save = async () => {
    setTried(true);
    if (missing) return;
    stop();
    const operations = [changed(entry, draft, saving.writing(draft.openedAt))];
    const saved = await saveOperations(model, operations, { slot: null, draft: null, saving, draftKey: key, asks: false });
    if (saved) leaveOrAsk(saved, onSaved, { entryId: entry.entryId, what: "changed", at: now() });
  };
  const remove = async () => {
    stop();
    if (await removing.save([deleted(entry, removing.writing(null))], key)) go("/history", { done: { entryId: entry.entryId, what: "deleted", at: now() } satisfies Done });
    else setAsking(false);
  };
  const leave = () => {
    stop();
    void store.dropDraft(key).catch(() => undefined);
    go("/history");
  };
  return (
    <Frame model={model} path="/history/edit" action={<SaveBar label={t.form.saveChanges} saving={saving} onSave={save} />}>
      <p class="row muted"><span>{t.common.pair(later.diary.editTitle, clock(Date.parse(entry.body.taken_at)))}</span><button type="button" class="link" onClick={leave}>{t.common.cancel}</button></p>
      <EntryForm
        model={model}
        draft={draft}
        change={change}
        now={now}
        missing={tried ? missing : null}
        {...(model.hiding.hidden && entry.body.pain !== null ? { hint: t.form.keptHidden } : {})}
        withEvening={false}
      />
      <p><button type="button" class="link danger" onClick={() => setAsking(true)}>{later.diary.remove}</button></p>
      {removing.failed && <p class="error" role="alert">{t.form.failed}</p>}
      {asking && <Confirm title={later.diary.removeAsk} text={later.diary.removeNote} yes={later.diary.removeYes} onYes={remove} onNo={() => setAsking(false)} />}
    </Frame>
  );
}

export function Fill({ model, slotKey }: { model: Model; slotKey: string }) {
  const [saved, setSaved] = useState<SavedForm | null>(null);
  if (saved) return <After model={model} path="/history/fill" saved={saved} onSaved={setSaved} />;
  const checkIn = model.checkIns.find((one) => one.key === slotKey);
  if (!checkIn || !model.due.missed.some((one) => one.key === slotKey)) return <NotFound model={model} />;
  if (!canFill(checkIn, model.time)) return <Frame model={model} path="/history/fill"><p>{later.diary.tooLate}</p></Frame>;
  return <FillForm key={slotKey} model={model} checkIn={checkIn} onSaved={setSaved} />;
}

function FillForm({ model, checkIn, onSaved }: { model: Model; checkIn: CheckIn; onSaved: (saved: SavedForm) => void }) {
  const { now } = useServices();
  const saving = useSave(model);
  const [tried, setTried] = useState(false);
  const key = `fill:${model.episode.episode_id}:${checkIn.key}`;
  // An entry is on this phone's own clock throughout, even where that is wrong.
  const at = checkIn.plannedAt + model.clockError;
  const scale = checkIn.scale === "average_24h" ? "average_24h" : "now";
  const { draft, change, stop } = useDraft(key, () => emptyDraft(scale, now(), { kind: "at", at }));
  if (!draft) return <Frame model={model} path="/history/fill">{null}</Frame>;
  const placed = { ...draft, when: { kind: "at" as const, at } };
  const missing = formErrors(placed, now());
  const save = async () => {
    setTried(true);
    if (missing) return;
    stop();
    const saved = await saveForm(model, placed, checkIn.key, saving, key);
    if (saved) leaveOrAsk(saved, onSaved);
  };
  return (
    <Frame model={model} path="/history/fill" action={<SaveBar label={t.form.save} saving={saving} onSave={save} />}>
      <p class="muted">{checkInName(model, checkIn)}</p>
      <EntryForm model={model} draft={placed} change={change} now={now} missing={tried ? missing : null} fixedAt={checkIn.plannedAt} withEvening={false} />
    </Frame>
  );
}
