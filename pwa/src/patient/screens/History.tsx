/** The diary so far: what was saved and whether it arrived. Scores only where the hiding rule lets them be seen. */
import { canFill, slotOf, type CheckIn } from "../../diary/due.ts";
import { UNNAMED_DRUG } from "../../diary/compose.ts";
import { checkInsOf } from "../../diary/checkIns.ts";
import { performedAt } from "../../diary/episode.ts";
import type { Entry, FlagReport } from "../../diary/head.ts";
import { HOUR, localDay, trueTime } from "../../diary/moment.ts";
import { clock, dayFrom, momentFrom, shortDay, t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { answered, type Model } from "../model.ts";
import { symptomWords } from "../symptoms.ts";
import { effectName } from "../parts/Effects.tsx";
import { Frame } from "../parts/Frame.tsx";
import { go } from "../router.ts";

type Line = { at: number } & ({ kind: "entry"; entry: Entry } | { kind: "report"; report: FlagReport } | { kind: "missed"; checkIn: CheckIn });

export function History({ model }: { model: Model }) {
  const { time } = model;
  const days = byDay(linesOf(model));
  return (
    <Frame model={model} path="/history">
      <h1 class="question">{later.diary.title}</h1>
      <HiddenNote model={model} time={time} />
      {days.length === 0 && <p class="muted">{later.diary.empty}</p>}
      {days.map(([day, lines]) => (
        <section key={day} class="day">
          <h2>{dayFrom(time, Date.parse(`${day}T12:00`))}</h2>
          <ol class="lines">
            {lines.map((line) => <li key={keyOf(line)} class="line">{content(model, line, time)}</li>)}
          </ol>
        </section>
      ))}
    </Frame>
  );
}

function HiddenNote({ model, time }: { model: Model; time: number }) {
  const { hiding } = model;
  if (!hiding.hidden || model.entries.length === 0) return null;
  const words = hiding.why === "due" ? later.diary.hiddenDue
    : hiding.untilMs === null ? later.diary.hiddenWindowUnknown
    : later.diary.hiddenWindow(momentFrom(time, hiding.untilMs));
  return <p class="notice">{words}</p>;
}

function linesOf(model: Model): Line[] {
  return [
    ...model.entries.map((entry): Line => ({ kind: "entry", entry, at: Date.parse(entry.body.taken_at) })),
    ...model.reports.map((report): Line => ({ kind: "report", report, at: Date.parse(report.body.taken_at) })),
    ...model.due.missed.filter((one) => one.kind !== "pre").map((checkIn): Line => ({ kind: "missed", checkIn, at: checkIn.plannedAt })),
  ].sort((a, b) => b.at - a.at);
}

function byDay(lines: Line[]): [string, Line[]][] {
  const days = new Map<string, Line[]>();
  for (const line of lines) days.set(localDay(line.at), [...(days.get(localDay(line.at)) ?? []), line]);
  return [...days];
}

function keyOf(line: Line): string {
  if (line.kind === "entry") return line.entry.entryId;
  return line.kind === "report" ? line.report.entryId : line.checkIn.key;
}

function content(model: Model, line: Line, time: number) {
  if (line.kind === "missed") return <MissedLine model={model} checkIn={line.checkIn} time={time} />;
  if (line.kind === "report") return <ReportLine model={model} report={line.report} />;
  return <EntryLine model={model} entry={line.entry} />;
}

function EntryLine({ model, entry }: { model: Model; entry: Entry }) {
  const { body, head } = entry;
  const slot = slotOf(checkInsOf(model.episode), answered(entry));
  const details = [
    ...(body.side_effects ?? []).map(({ code, severity }) => `${effectName(code, model.episode)}, ${t.form.severity[severity]}`),
    ...(body.analgesics ?? []).map(({ drug, dose_mg }) => later.diary.painkillerTaken(drug === UNNAMED_DRUG ? null : drug, dose_mg ?? null)),
    ...(body.note ? [body.note] : []),
  ];
  return (
    <>
      <div class="line-head">
        <span class="time">{clock(Date.parse(body.taken_at))}</span>
        <span class="what">{scoreWords(model, entry)}</span>
        {head.by === "patient" && <button type="button" class="link" onClick={() => go(`/history/edit/${entry.entryId}`)} aria-label={`${later.diary.edit}, ${clock(Date.parse(body.taken_at))}`}>{later.diary.edit}</button>}
      </div>
      {slot && slot.kind !== "pre" && <p class="muted small">{checkInName(model, slot)}</p>}
      {details.length > 0 && <p class="small">{details.join(" · ")}</p>}
      <p class="marks small">
        <Arrival model={model} revId={head.rev_id} state={head.state} />
        {entry.edited && <span>{later.diary.edited}</span>}
        {slot && trueTime(Date.parse(body.recorded_at), head.recorded.skew_ms) > slot.lateUntil && <span>{later.diary.fromMemory}</span>}
        {head.by === "staff" && <span>{later.diary.byClinic}</span>}
      </p>
    </>
  );
}

function scoreWords(model: Model, { body }: Entry): string {
  if (body.skipped) return later.diary.skipped[body.skipped];
  const score = model.hiding.hidden || body.pain === null ? later.diary.hiddenScore : later.diary.score(body.pain);
  return body.scale === "now" ? score : `${score}, ${later.diary.scales[body.scale]}`;
}

function ReportLine({ model, report }: { model: Model; report: FlagReport }) {
  const { site } = model.episode.index_pain;
  const symptoms = [
    ...report.body.reports.map(({ code }) => symptomWords(code, site)),
    ...(report.body.gone ?? []).map((code) => later.diary.gone(symptomWords(code, site))),
  ];
  const { told } = report.head;
  return (
    <>
      <div class="line-head">
        <span class="time">{clock(Date.parse(report.body.taken_at))}</span>
        <span class="what">{later.diary.symptomReport}</span>
      </div>
      <p class="small">{symptoms.length === 0 ? later.diary.noSymptom : symptoms.join(" · ")}</p>
      <p class="marks small">
        <Arrival model={model} revId={report.head.rev_id} state={report.head.state} />
        {told && <span>{later.flags.told(clock(Date.parse(told.told_at)))}</span>}
      </p>
    </>
  );
}

function MissedLine({ model, checkIn, time }: { model: Model; checkIn: CheckIn; time: number }) {
  return (
    <>
      <div class="line-head">
        <span class="time">{clock(checkIn.plannedAt)}</span>
        <span class="what muted">{later.diary.missedAt(checkInName(model, checkIn))}</span>
      </div>
      {canFill(checkIn, time) && (
        <p><button type="button" class="link" onClick={() => go(`/history/fill/${checkIn.key}`)} aria-label={`${later.diary.fill}: ${checkInName(model, checkIn)}`}>{later.diary.fill}</button></p>
      )}
    </>
  );
}

function Arrival({ model, revId, state }: { model: Model; revId: string; state: string }) {
  if (model.needHelp.has(revId)) return <span class="mark danger">! {later.diary.needsHelp}</span>;
  if (model.waiting.has(revId)) return <span class="mark warn">○ {later.diary.onPhone}</span>;
  return <span class="mark good">✓ {state === "checking" ? later.diary.checking : later.diary.received}</span>;
}

export function checkInName(model: Model, checkIn: CheckIn): string {
  const names = later.diary.checkIn;
  const passed = checkIn.plannedAt - (performedAt(model.episode) ?? checkIn.plannedAt);
  const date = shortDay(checkIn.plannedAt);
  switch (checkIn.kind) {
    case "pre":
      return names.pre;
    case "early":
      return names.early(Math.round(passed / 60_000));
    case "hour":
      return names.hour(Math.round(passed / HOUR));
    case "bedtime":
      return names.bedtime;
    case "week":
      return names.week(date);
    case "month":
      return names.month(date);
    default:
      return names.day(date);
  }
}
