/** What only some patients have to tell: a numb or weak limb, the other pain, activity, relief, blood sugar, a note. */
import { UNITS, usualUnit } from "../../diary/glucose.ts";
import { t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { percent } from "../percent.ts";
import { go } from "../router.ts";
import { Choice, YesNo } from "./Choice.tsx";
import type { FormProps } from "./EntryForm.tsx";
import { Scale } from "./Scale.tsx";

const RELIEF = Array.from({ length: 11 }, (_, ten) => ten * 10);

export function Further(props: FormProps) {
  const { model, draft, change } = props;
  const { episode } = model;
  const { site } = episode.index_pain;
  const { rest, usual, provoking } = later.further.activities;
  const axial = draft.scale === "now" ? t.pain.axial(episode.region) : t.pain.axialAverage(episode.region);
  return (
    <div class="further">
      <YesNo name="numb" legend={later.further.numb(site)} value={draft.numb} onChange={(numb) => change({ numb })} />
      <YesNo name="weak" legend={later.further.weak(site)} value={draft.weak} onChange={(weak) => change({ weak })}>
        {(draft.weak || draft.numb) && (
          <p class="notice warn">
            {later.further.weakHint} <button type="button" class="link danger" onClick={() => go("/check", { symptom: "limb_weak_or_numb" })}>{t.form.check}</button>
          </p>
        )}
      </YesNo>
      <Scale id="axial" question={axial} hint={t.pain.axialAsk} value={draft.axial} onChange={(score) => change({ axial: score })} />
      <Choice
        name="activity"
        legend={later.further.activity}
        options={[["rest", rest], ["usual", usual], ["provoking", provoking]] as const}
        value={draft.activity}
        onChange={(activity) => change({ activity })}
      />
      {episode.performed_at !== null && (
        <Choice
          name="relief"
          legend={later.further.relief}
          options={RELIEF.map((less) => [less, percent(less)] as const)}
          value={draft.relief}
          onChange={(relief) => change({ relief })}
        />
      )}
      {(episode.diabetic !== false || draft.glucose !== "") && <Sugar {...props} />}
      <label class="field">
        <span>{later.further.note} <small class="muted">{later.further.noteHint}</small></span>
        <textarea rows={3} maxLength={2000} value={draft.note} onInput={(event) => change({ note: event.currentTarget.value })} />
      </label>
    </div>
  );
}

function Sugar({ model, draft, change, missing }: FormProps) {
  const unclear = missing === "glucose";
  const unit = draft.unit ?? usualUnit(model.entries);
  return (
    <div class="fields">
      <label class="field">
        <span>{later.further.glucose} <small class="muted">{later.further.glucoseHint}</small></span>
        <input
          id="glucose"
          type="text"
          inputMode="decimal"
          maxLength={7}
          autocomplete="off"
          value={draft.glucose}
          aria-invalid={unclear}
          aria-describedby="glucose-error"
          onInput={(event) => change({ glucose: event.currentTarget.value, unit })}
        />
      </label>
      {draft.glucose !== "" && (
        <>
          <Choice name="unit" legend={later.further.glucoseUnit} options={UNITS.map((one) => [one, one] as const)} value={unit} onChange={(chosen) => change({ unit: chosen })} clearable={false} />
          <p>{later.further.glucoseLimit} <button type="button" class="link danger" onClick={() => go("/check", { symptom: "high_glucose" })}>{t.form.check}</button></p>
        </>
      )}
      <p id="glucose-error" class="error" role="alert">{unclear && later.further.badGlucose}</p>
    </div>
  );
}

/** A painkiller of another name or dose than usual. */
export function Painkiller({ draft, change, unclear }: Pick<FormProps, "draft" | "change"> & { unclear: boolean }) {
  return (
    <div class="fields">
      <label class="field">
        <span>{later.further.painkillerName} <small class="muted">{later.further.optional}</small></span>
        <input type="text" maxLength={80} autocomplete="off" value={draft.drug} onInput={(event) => change({ drug: event.currentTarget.value })} />
      </label>
      <label class="field">
        <span>{later.further.painkillerDose} <small class="muted">{later.further.optional}</small></span>
        <input id="dose" type="text" maxLength={20} autocomplete="off" value={draft.dose} aria-invalid={unclear} aria-describedby="dose-error" onInput={(event) => change({ dose: event.currentTarget.value })} />
      </label>
      <p id="dose-error" class="error" role="alert">{unclear && later.further.badDose}</p>
    </div>
  );
}
