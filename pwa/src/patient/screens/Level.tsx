/** What to do about a reported symptom, and whether the clinic knows. */
import type { ComponentChildren } from "preact";
import { performedAt } from "../../diary/episode.ts";
import type { Report } from "../../diary/flags.ts";
import { HOUR } from "../../diary/moment.ts";
import type { Entry, FlagReport } from "../../diary/head.ts";
import type { Level, Told } from "../../diary/record.ts";
import { acknowledgedAt } from "../../diary/seen.ts";
import { clock, momentFrom, t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import type { Model } from "../model.ts";
import { Calls } from "../parts/Calls.tsx";
import { Frame, LEVEL_PATH } from "../parts/Frame.tsx";
import { Unreviewed } from "../parts/Unreviewed.tsx";
import { go } from "../router.ts";
import { useFlagLog, useShown } from "../useFlagLog.ts";

interface Props {
  model: Model | null;
  level: Level;
  report: Report;
  recheckAtHours: number | null;
  /** Null when the phone could not keep the report; undefined while it is being kept. */
  revId: string | null | undefined;
  onAgain: () => void;
  onClose?: () => void;
  /** What stands between the advice and the ways on. */
  children?: ComponentChildren;
}

const TONES: Record<Level, string> = { E: "danger solid", S: "danger", N: "warn", C: "good" };

export function LevelScreen({ model, level, report, recheckAtHours, revId, onAgain, onClose = () => go("/today"), children }: Props) {
  const about = itemOf(model, revId)?.entryId ?? null;
  const log = useFlagLog(model);
  useShown(model, level === "C" ? null : about, level);
  return (
    <Frame model={model} path={LEVEL_PATH}>
      <section class={`level ${TONES[level]}`}>
        <h1>{later.flags.levels[level].title}</h1>
        <p>{later.flags.levels[level].text}</p>
        {report.code === "limb_weak_or_numb" && <p>{later.flags.fall}</p>}
        <Calls clinic={model?.diary.clinic} level={level} onCall={(whom) => about !== null && log({ event: "called", about, level, whom })} />
        <Word model={model} level={level} revId={revId} />
      </section>
      <Recheck model={model} atHours={recheckAtHours} />
      {children}
      <div class="stack">
        <button type="button" class="secondary" onClick={onAgain}>{later.flags.anotherSymptom}</button>
        <button type="button" class="link" onClick={onClose}>{t.common.close}</button>
        <Unreviewed model={model} />
      </div>
    </Frame>
  );
}

/** The report the advice is about, or the entry it follows from. */
function itemOf(model: Model | null, revId: string | null | undefined): FlagReport | Entry | undefined {
  const of = ({ head }: FlagReport | Entry) => head.rev_id === revId;
  return model?.reports.find(of) ?? model?.entries.find(of);
}

/** Says that the clinic was told only with the server's own word for it. */
function Word({ model, level, revId }: { model: Model | null; level: Level; revId: string | null | undefined }) {
  const item = itemOf(model, revId);
  const report = item?.head;
  const lost = revId === null;
  if (level === "C" && !(lost && model)) return report ? <p class="told">{later.flags.kept}</p> : null;
  if (model && item?.head.told) return <Known model={model} item={item} told={item.head.told} />;
  if (lost && (level === "N" || level === "C")) return <p class="told strong" role="alert">{later.flags.notKept}</p>;
  if (level === "N" && !report) return null;
  if (level === "N") return <p class="told">{report?.received_at ? later.flags.kept : later.flags.notToldLater}</p>;
  return <p class="told strong">{t.flags.notTold}</p>;
}

/** The clinic was told, and maybe somebody has seen it already. */
function Known({ model, item, told }: { model: Model; item: FlagReport | Entry; told: Told }) {
  const seen = acknowledgedAt(model.episode, item.entryId);
  return (
    <div aria-live="assertive">
      <p class="told">{later.flags.told(clock(Date.parse(told.told_at)))}</p>
      {seen !== null && <p class="told">✓✓ {later.flags.seen(clock(seen))}</p>}
    </div>
  );
}

function Recheck({ model, atHours }: { model: Model | null; atHours: number | null }) {
  const t0 = model ? performedAt(model.episode) : null;
  if (!model || t0 === null || atHours === null || t0 + atHours * HOUR <= model.time) return null;
  return <p class="notice">{later.flags.recheck(momentFrom(model.time, t0 + atHours * HOUR))}</p>;
}
