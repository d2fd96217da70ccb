/** Changing or deleting an entry, and filling in a missed check-in from memory. Both add a version; none is overwritten. */
import { useState } from "preact/hooks";
import { changed, deleted, draftOf, emptyDraft } from "../../diary/compose.ts";
import { checkInsOf } from "../../diary/checkIns.ts";
import type { Entry } from "../../diary/head.ts";
import { canFill, type CheckIn } from "../../diary/due.ts";
import { clock, t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { useServices } from "../context.ts";
import type { Model } from "../model.ts";
import { Confirm } from "../parts/Confirm.tsx";
import { EntryForm } from "../parts/EntryForm.tsx";
import { Frame } from "../parts/Frame.tsx";
import { SaveBar } from "../parts/SaveBar.tsx";
import { go } from "../router.ts";
import { formErrors, saveForm } from "../saving.ts";
import { useDraft } from "../useDraft.ts";
import { useSave } from "../useSave.ts";
import { checkInName } from "./History.tsx";
import { NotFound } from "./NotFound.tsx";

export function Edit({ model, entryId }: { model: Model; entryId: string }) {
  const entry = model.entries.find((one) => one.entryId === entryId && one.head.by === "patient");
  return entry ? <EditForm key={entryId} model={model} entry={entry} /> : <NotFound model={model} />;
}

function EditForm({ model, entry }: { model: Model; entry: Entry }) {
  const { now, store } = useServices();
  const saving = useSave(model);
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
    if (await saving.save([changed(entry, draft, saving.writing(draft.openedAt))], key)) go("/history");
  };
  const remove = async () => {
    stop();
    if (await saving.save([deleted(entry, saving.writing(null))], key)) go("/history");
  };
  const leave = () => {
    stop();
    void store.dropDraft(key).catch(() => undefined);
    go("/history");
  };
  return (
    <Frame model={model} path="/history/edit" action={<SaveBar label={t.form.saveChanges} saving={saving} onSave={save} />}>
      <p class="row muted"><span>{later.diary.editTitle}, {clock(Date.parse(entry.body.taken_at))}</span><button type="button" class="link" onClick={leave}>{t.common.cancel}</button></p>
      <EntryForm
        episode={model.episode}
        draft={draft}
        change={change}
        now={now}
        missing={tried ? missing : null}
        {...(model.hiding.hidden && entry.body.pain !== null ? { hint: t.form.keptHidden } : {})}
        withEvening={false}
      />
      <p><button type="button" class="link danger" onClick={() => setAsking(true)}>{later.diary.remove}</button></p>
      {asking && <Confirm title={later.diary.removeAsk} text={later.diary.removeNote} yes={later.diary.removeYes} onYes={remove} onNo={() => setAsking(false)} />}
    </Frame>
  );
}

export function Fill({ model, slotKey, time }: { model: Model; slotKey: string; time: number }) {
  const checkIn = checkInsOf(model.episode).find((one) => one.key === slotKey);
  if (!checkIn || !model.due.missed.some((one) => one.key === slotKey)) return <NotFound model={model} />;
  if (!canFill(checkIn, time)) return <Frame model={model} path="/history/fill"><p>{later.diary.tooLate}</p></Frame>;
  return <FillForm key={slotKey} model={model} checkIn={checkIn} />;
}

function FillForm({ model, checkIn }: { model: Model; checkIn: CheckIn }) {
  const { now } = useServices();
  const saving = useSave(model);
  const [tried, setTried] = useState(false);
  const key = `fill:${model.episode.episode_id}:${checkIn.key}`;
  const scale = checkIn.scale === "average_24h" ? "average_24h" : "now";
  const { draft, change, stop } = useDraft(key, () => emptyDraft(scale, now(), { kind: "at", at: checkIn.plannedAt }));
  if (!draft) return <Frame model={model} path="/history/fill">{null}</Frame>;
  const placed = { ...draft, when: { kind: "at" as const, at: checkIn.plannedAt } };
  const missing = formErrors(placed, now());
  const save = async () => {
    setTried(true);
    if (missing) return;
    stop();
    if (await saveForm(model, placed, checkIn.key, saving, key)) go("/history");
  };
  return (
    <Frame model={model} path="/history/fill" action={<SaveBar label={t.form.save} saving={saving} onSave={save} />}>
      <p class="muted">{checkInName(model, checkIn)}</p>
      <EntryForm episode={model.episode} draft={placed} change={change} now={now} missing={tried ? missing : null} fixedAt={checkIn.plannedAt} withEvening={false} />
    </Frame>
  );
}
