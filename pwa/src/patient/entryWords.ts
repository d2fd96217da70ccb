/** What an entry says, in the patient's words. */
import { UNNAMED_DRUG } from "../diary/compose.ts";
import type { EntryBody } from "../diary/record.ts";
import { t } from "../i18n/index.ts";
import { later } from "../i18n/later.ts";
import type { Model } from "./model.ts";
import { effectName } from "./parts/Effects.tsx";
import { percent } from "./percent.ts";

export function scoreWords(model: Model, body: EntryBody): string {
  if (body.skipped) return later.diary.skipped[body.skipped];
  const score = model.hiding.hidden || body.pain === null ? later.diary.hiddenScore : later.diary.score(body.pain);
  return body.scale === "now" ? score : t.common.pair(score, later.diary.scales[body.scale]);
}

/** Everything beside the score; other scores stay hidden as long as it does. */
export function detailsOf({ episode, hiding }: Model, body: EntryBody): string[] {
  const scores = hiding.hidden
    ? []
    : [
        ...(body.axial === undefined ? [] : [later.diary.axial(episode.region, later.diary.score(body.axial))]),
        ...(body.stated_relief_percent === undefined ? [] : [later.diary.relief(percent(body.stated_relief_percent))]),
      ];
  return [
    ...scores,
    ...(body.side_effects ?? []).map(({ code, severity }) => t.common.pair(effectName(code, episode), t.form.severity[severity])),
    ...(body.numb ? [later.diary.numb] : []),
    ...(body.weak ? [later.diary.weak] : []),
    ...(body.analgesics ?? []).map(({ drug, dose_mg }) => later.diary.painkillerTaken(drug === UNNAMED_DRUG ? null : drug, dose_mg ?? null)),
    ...(body.activity ? [later.further.activities[body.activity]] : []),
    ...(body.glucose ? [later.diary.glucose(String(body.glucose.value), body.glucose.unit)] : []),
    ...(body.note ? [body.note] : []),
  ];
}
