/** A way back after an entry was changed or deleted; it stays for a while and does not hurry anybody. */
import { changedBack, restored } from "../../diary/revise.ts";
import { versionsOf } from "../../diary/versions.ts";
import { t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import type { Model } from "../model.ts";
import { replace } from "../router.ts";
import { useSave } from "../useSave.ts";

export interface Done {
  entryId: string;
  what: "changed" | "deleted";
  at: number;
}

const SHOWN_MS = 2 * 60_000;

/** What the screen before has just done; null when it is long ago. */
export function doneOf(state: Record<string, unknown>, now: number): Done | null {
  const done = state["done"] as Done | undefined;
  return done && now - done.at < SHOWN_MS ? done : null;
}

export function UndoBar({ model, done }: { model: Model; done: Done }) {
  const saving = useSave(model);
  const versions = versionsOf(model.revisions).get(done.entryId) ?? [];
  const before = versions.findLast(({ body }, at) => body !== null && (done.what === "deleted" || at < versions.length - 1))?.body;
  const entry = model.entries.find(({ entryId }) => entryId === done.entryId);
  const undo = async () => {
    if (!before) return;
    const writing = saving.writing(null);
    const operation = done.what === "deleted" ? restored(before, writing) : entry && changedBack(entry, before, writing);
    if (operation && (await saving.save([operation]))) replace("/history");
  };
  return (
    <section class="notice row" role="status">
      <span>{done.what === "deleted" ? later.diary.wasDeleted : later.diary.wasChanged}</span>
      {before && <button type="button" class="link" onClick={undo}>{later.diary.undo}</button>}
      {saving.failed && <span class="error">{t.form.failed}</span>}
    </section>
  );
}
