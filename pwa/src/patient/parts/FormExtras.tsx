/** What a form asks beside its score: further scores, side effects, painkiller, and when it was. */
import { useState } from "preact/hooks";
import { UNNAMED_DRUG } from "../../diary/compose.ts";
import { samePainkiller, usualPainkillers, type Painkiller } from "../../diary/painkillers.ts";
import { momentFrom, t } from "../../i18n/index.ts";
import { usePart } from "../context.ts";
import { COMMON, Effects, FURTHER } from "./Effects.tsx";
import type { FormProps } from "./EntryForm.tsx";
import { Scale } from "./Scale.tsx";
import { WhenPicker } from "./WhenPicker.tsx";

export function FormExtras(props: FormProps) {
  const { model, draft, change, missing, fixedAt, now, withEvening = true } = props;
  const { episode } = model;
  const [more, setMore] = useState(false);
  const { part: further } = usePart(more || draft.painkiller ? "further" : null);
  return (
    <>
      {draft.scale === "average_24h" && withEvening && <EveningExtras {...props} />}
      <section class="extras">
        <h2>{t.form.more} <small class="muted">{t.form.moreHint}</small></h2>
        <div class="chips">
          <Effects codes={COMMON} episode={episode} chosen={draft.effects} onChange={(effects) => change({ effects })} />
          <Usual {...props} />
          <button type="button" class="chip" aria-pressed={draft.painkiller} onClick={() => change({ painkiller: !draft.painkiller })}>
            {t.form.painkiller}
          </button>
          {more && <Effects codes={FURTHER} episode={episode} chosen={draft.effects} onChange={(effects) => change({ effects })} />}
          <button type="button" class="chip quiet" aria-expanded={more} onClick={() => setMore(!more)}>
            {more ? t.form.showLess : t.form.showMore}
          </button>
        </div>
        {Object.keys(draft.effects).length > 0 && <p class="muted small">{t.form.cycle}</p>}
        {further && draft.painkiller && <further.Painkiller draft={draft} change={change} unclear={missing === "dose"} />}
        {further && more && <further.Further {...props} />}
        <button type="button" class="chip start" aria-pressed={draft.proxy} onClick={() => change({ proxy: !draft.proxy })}>{t.form.helping}</button>
        {draft.proxy && <p class="muted small">{t.form.helpingHint}</p>}
      </section>
      {fixedAt === undefined ? (
        <WhenPicker value={draft.when} now={now} onChange={(when) => change({ when })} />
      ) : (
        <p class="notice"><b>{t.form.fromMemory}.</b> {t.form.fromMemoryHint(momentFrom(now(), fixedAt))}</p>
      )}
    </>
  );
}

function EveningExtras({ model, draft, change }: FormProps) {
  const { site, side } = model.episode.index_pain;
  return (
    <>
      <Scale id="worst" question={t.pain.worst(site, side)} hint={t.pain.worstAsk} value={draft.worst} onChange={(worst) => change({ worst })} />
      <Scale id="also-now" question={t.pain.alsoNow(site, side)} hint={t.pain.alsoNowAsk} value={draft.alsoNow} onChange={(alsoNow) => change({ alsoNow })} />
    </>
  );
}

/** What this patient usually takes, in the dose taken last: one tap. */
function Usual({ model, draft, change }: FormProps) {
  const usual = usualPainkillers(model.entries, model.episode, UNNAMED_DRUG);
  const taken = (one: Painkiller) => draft.usual.some((other) => samePainkiller(one, other));
  const tap = (one: Painkiller) =>
    change({ usual: taken(one) ? draft.usual.filter((other) => !samePainkiller(one, other)) : [...draft.usual, one] });
  return (
    <>
      {usual.map((one) => (
        <button key={one.drug} type="button" class="chip" aria-pressed={taken(one)} onClick={() => tap(one)}>
          {t.form.usual(one.drug, one.dose_mg ?? null)}
        </button>
      ))}
    </>
  );
}
