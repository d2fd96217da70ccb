/** What to do about a reported symptom, and whether the clinic knows. */
import { useEffect, useRef } from "preact/hooks";
import { performedAt } from "../../diary/episode.ts";
import type { Report } from "../../diary/flags.ts";
import { HOUR } from "../../diary/moment.ts";
import type { Level } from "../../diary/record.ts";
import { clock, momentFrom, t } from "../../i18n/index.ts";
import { useServices } from "../context.ts";
import type { Model } from "../model.ts";
import { CallButton } from "../parts/CallButton.tsx";
import { Frame } from "../parts/Frame.tsx";
import { go } from "../router.ts";

interface Props {
  model: Model | null;
  level: Level;
  report: Report;
  recheckAtHours: number | null;
  revId: string | null;
  onAgain: () => void;
}

const TONES: Record<Level, string> = { E: "danger solid", S: "danger", N: "warn", C: "good" };

export function LevelScreen({ model, level, report, recheckAtHours, revId, onAgain }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Frame model={model} path="/check">
      <section class={`level ${TONES[level]}`}>
        <h1 ref={heading} tabIndex={-1}>{t.flags.levels[level].title}</h1>
        <p>{t.flags.levels[level].text}</p>
        {report.code === "limb_weak_or_numb" && <p>{t.flags.fall}</p>}
        <Calls model={model} level={level} />
        <Told model={model} level={level} revId={revId} />
      </section>
      <Recheck model={model} atHours={recheckAtHours} />
      <div class="stack">
        <button type="button" class="secondary" onClick={onAgain}>{t.flags.anotherSymptom}</button>
        <button type="button" class="link" onClick={() => go("/today")}>{t.common.close}</button>
      </div>
    </Frame>
  );
}

function Calls({ model, level }: { model: Model | null; level: Level }) {
  const clinic = model?.diary.clinic;
  const phone = clinic?.phone ? <CallButton number={clinic.phone} words={t.flags.callClinic(clinic.name)} /> : <p>{t.flags.noClinicNumber}</p>;
  if (level === "C") return null;
  if (level !== "E") return phone;
  const emergency = clinic?.emergency_number;
  return (
    <>
      {emergency ? <CallButton number={emergency} words={t.flags.call(emergency)} main /> : <p><b>{t.flags.noNumber}</b></p>}
      {clinic?.phone && phone}
    </>
  );
}

/** Says that the clinic was told only with the server's own word for it. */
function Told({ model, level, revId }: { model: Model | null; level: Level; revId: string | null }) {
  const report = model?.reports.find(({ head }) => head.rev_id === revId)?.head;
  if (level === "C") return report ? <p class="told">{t.flags.kept}</p> : null;
  if (report?.told) return <p class="told" aria-live="assertive">{t.flags.told(clock(Date.parse(report.told.told_at)))}</p>;
  if (level === "N") return <p class="told">{t.flags.notToldLater}</p>;
  return <p class="told strong">{t.flags.notTold}</p>;
}

function Recheck({ model, atHours }: { model: Model | null; atHours: number | null }) {
  const { now } = useServices();
  const t0 = model ? performedAt(model.episode) : null;
  if (t0 === null || atHours === null || t0 + atHours * HOUR <= now()) return null;
  return <p class="notice">{t.flags.recheck(momentFrom(now(), t0 + atHours * HOUR))}</p>;
}
