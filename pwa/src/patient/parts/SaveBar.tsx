/** The one primary action of a form, in reach of the thumb. */
import { t } from "../../i18n/index.ts";
import type { Saving } from "../useSave.ts";

export function SaveBar({ label, saving, onSave }: { label: string; saving: Saving; onSave: () => void }) {
  return (
    <div class="save-bar">
      {saving.failed && <p class="error" role="alert">{saving.failed === "full" ? t.form.full : t.form.failed}</p>}
      {saving.failed && <button type="button" class="secondary" onClick={saving.copy}>{t.problem.copy}</button>}
      <button type="button" class="primary" aria-busy={saving.saving} onClick={() => !saving.saving && onSave()}>{label}</button>
      {!saving.failed && <p class="muted small">{t.form.safe}</p>}
    </div>
  );
}
