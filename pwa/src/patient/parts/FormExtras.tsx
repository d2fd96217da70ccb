/** What a form asks beside its score: further scores, side effects, painkiller, and when it was. */
import { useState } from "preact/hooks";
import { momentFrom, t } from "../../i18n/index.ts";
import { go } from "../router.ts";
import { Choice, YesNo } from "./Choice.tsx";
import { COMMON, Effects, FURTHER } from "./Effects.tsx";
import type { FormProps } from "./EntryForm.tsx";
import { Scale } from "./Scale.tsx";
import { WhenPicker } from "./WhenPicker.tsx";

export function FormExtras(props: FormProps) {
  const { episode, draft, change, missing, fixedAt, now, withEvening = true } = props;
  const [more, setMore] = useState(false);
  return (
    <>
      {draft.scale === "average_24h" && withEvening && <EveningExtras {...props} />}
      <section class="extras">
        <h2>{t.form.more} <small class="muted">{t.form.moreHint}</small></h2>
        <div class="chips">
          <Effects codes={COMMON} episode={episode} chosen={draft.effects} onChange={(effects) => change({ effects })} />
          <button type="button" class="chip" aria-pressed={draft.painkiller} onClick={() => change({ painkiller: !draft.painkiller })}>
            {t.form.painkiller}
          </button>
          {more && <Effects codes={FURTHER} episode={episode} chosen={draft.effects} onChange={(effects) => change({ effects })} />}
          <button type="button" class="chip quiet" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? t.form.showLess : t.form.showMore}
          </button>
        </div>
        {Object.keys(draft.effects).length > 0 && <p class="muted small">{t.form.cycle}</p>}
        {draft.painkiller && <Painkiller draft={draft} change={change} unclear={missing === "dose"} />}
        {more && <Further {...props} />}
      </section>
      {fixedAt === undefined ? (
        <WhenPicker value={draft.when} now={now} onChange={(when) => change({ when })} />
      ) : (
        <p class="notice"><b>{t.form.fromMemory}.</b> {t.form.fromMemoryHint(momentFrom(now(), fixedAt))}</p>
      )}
    </>
  );
}

function EveningExtras({ episode, draft, change }: FormProps) {
  const { site, side } = episode.index_pain;
  return (
    <>
      <Scale id="worst" question={t.pain.worst(site, side)} hint={t.pain.worstAsk} value={draft.worst} onChange={(worst) => change({ worst })} />
      <Scale id="also-now" question={t.pain.alsoNow(site, side)} hint={t.pain.alsoNowAsk} value={draft.alsoNow} onChange={(alsoNow) => change({ alsoNow })} />
    </>
  );
}

function Painkiller({ draft, change, unclear }: Pick<FormProps, "draft" | "change"> & { unclear: boolean }) {
  return (
    <div class="fields">
      <label class="field">
        <span>{t.form.painkillerName} <small class="muted">{t.form.optional}</small></span>
        <input type="text" maxLength={80} autocomplete="off" value={draft.drug} onInput={(event) => change({ drug: event.currentTarget.value })} />
      </label>
      <label class="field">
        <span>{t.form.painkillerDose} <small class="muted">{t.form.optional}</small></span>
        <input id="dose" type="text" maxLength={20} autocomplete="off" value={draft.dose} aria-invalid={unclear} aria-describedby="dose-error" onInput={(event) => change({ dose: event.currentTarget.value })} />
      </label>
      <p id="dose-error" class="error" role="alert">{unclear && t.form.badDose}</p>
    </div>
  );
}

function Further({ episode, draft, change }: FormProps) {
  const { site } = episode.index_pain;
  const { rest, usual, provoking } = t.form.activities;
  const axial = draft.scale === "now" ? t.pain.axial(episode.region) : t.pain.axialAverage(episode.region);
  return (
    <div class="further">
      <YesNo name="numb" legend={t.form.numb(site)} value={draft.numb} onChange={(numb) => change({ numb })} />
      <YesNo name="weak" legend={t.form.weak(site)} value={draft.weak} onChange={(weak) => change({ weak })}>
        {(draft.weak || draft.numb) && (
          <p class="notice warn">
            {t.form.weakHint} <button type="button" class="link danger" onClick={() => go("/check", { symptom: "limb_weak_or_numb" })}>{t.form.check}</button>
          </p>
        )}
      </YesNo>
      <Scale id="axial" question={axial} hint={t.pain.axialAsk} value={draft.axial} onChange={(score) => change({ axial: score })} />
      <Choice
        name="activity"
        legend={t.form.activity}
        options={[["rest", rest], ["usual", usual], ["provoking", provoking]] as const}
        value={draft.activity}
        onChange={(activity) => change({ activity })}
      />
      <label class="field">
        <span>{t.form.note} <small class="muted">{t.form.noteHint}</small></span>
        <textarea rows={3} maxLength={2000} value={draft.note} onInput={(event) => change({ note: event.currentTarget.value })} />
      </label>
    </div>
  );
}
