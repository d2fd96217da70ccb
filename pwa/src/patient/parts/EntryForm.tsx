/** The score of one check-in or of one entry that is being changed; what else it asks comes with its own part. */
import type { Draft } from "../../diary/compose.ts";
import { longBefore, performedAt } from "../../diary/episode.ts";
import type { Skip } from "../../diary/record.ts";
import { clock, momentFrom, t } from "../../i18n/index.ts";
import { usePart } from "../context.ts";
import type { Model } from "../model.ts";
import type { Missing } from "../saving.ts";
import { Scale } from "./Scale.tsx";

export interface FormProps {
  model: Model;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  now: () => number;
  /** Set when Save was tapped without a score or with an impossible time. */
  missing: Missing;
  /** The moment is given by a missed check-in and cannot be moved. */
  fixedAt?: number;
  /** Words in place of the usual hint under the question. */
  hint?: string;
  onSkip?: (why: Skip) => void;
  /** False where an evening form asks for one score only. */
  withEvening?: boolean;
}

export function EntryForm(props: FormProps) {
  const { draft, change, missing } = props;
  const { part } = usePart("next");
  const [question, hint] = asked(props);
  return (
    <>
      <Scale id="pain" main question={question} hint={hint} value={draft.pain} invalid={missing === "score"} onChange={(pain) => change({ pain })} />
      {props.onSkip && <Skips onSkip={props.onSkip} />}
      {part && <part.FormExtras {...props} />}
      <LongBefore {...props} />
      {(missing === "future" || missing === "time") && <p class="error" role="alert">{missing === "future" ? t.form.future : t.form.badTime}</p>}
    </>
  );
}

/** A date far before the injection is most often a slip of the picker; the patient decides. */
function LongBefore({ model, draft }: FormProps) {
  if (draft.when.kind !== "at" || draft.when.at === null) return null;
  const at = draft.when.at - model.clockError;
  const days = longBefore(model.episode, at, model.time);
  if (days === null) return null;
  const words = performedAt(model.episode) === null ? t.form.longAgo(days) : t.form.longBefore(days);
  return <p class="notice warn" role="alert">{words}</p>;
}

function asked({ model, draft, fixedAt, hint, now }: FormProps): [string, string] {
  const { site, side } = model.episode.index_pain;
  if (draft.scale === "average_24h") return [t.pain.average(site, side), hint ?? t.pain.averageAsk];
  if (draft.scale === "worst_24h") return [t.pain.worst(site, side), hint ?? t.pain.averageAsk];
  if (fixedAt !== undefined) return [t.pain.at(site, side, momentFrom(now(), fixedAt)), hint ?? t.pain.thenAsk];
  const at = draft.when.kind === "now" ? null : draft.when.at;
  return at === null ? [t.pain.now(site, side), hint ?? t.pain.nowAsk] : [t.pain.at(site, side, clock(at)), hint ?? t.pain.thenAsk];
}

function Skips({ onSkip }: { onSkip: NonNullable<FormProps["onSkip"]> }) {
  return (
    <p class="skips">
      <button type="button" class="link" onClick={() => onSkip("asleep")}>{t.form.asleep}</button>
      <button type="button" class="link" onClick={() => onSkip("nothing_to_report")}>{t.form.nothing}</button>
      <button type="button" class="link" onClick={() => onSkip("other")}>{t.form.cannot}</button>
    </p>
  );
}
