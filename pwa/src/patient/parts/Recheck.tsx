/** Asks again about a reported symptom when its time has come. */
import { recheckDue } from "../../diary/asking.ts";
import { flagReport } from "../../diary/revise.ts";
import { t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { useServices } from "../context.ts";
import { isHelping } from "../helping.ts";
import type { Model } from "../model.ts";
import { go } from "../router.ts";
import { symptomWords } from "../symptoms.ts";
import { useSave } from "../useSave.ts";

export function Recheck({ model }: { model: Model }) {
  const { now } = useServices();
  const saving = useSave(model);
  const code = recheckDue(model.episode, model.reports, model.time);
  if (code === null) return null;
  const gone = () => saving.save([flagReport([], "C", saving.writing(null), { gone: [code], proxy: isHelping(now()) })]);
  return (
    <section class="card danger">
      <h2>{later.recheck.title}</h2>
      <p>{later.recheck.text(symptomWords(code, model.episode.index_pain.site))}</p>
      {saving.failed && <p class="error" role="alert">{t.form.failed}</p>}
      <div class="pair">
        <button type="button" class="secondary" onClick={gone}>{later.recheck.gone}</button>
        <button type="button" class="secondary" onClick={() => go("/check", { symptom: code, recheck: true })}>{later.recheck.still}</button>
      </div>
    </section>
  );
}
