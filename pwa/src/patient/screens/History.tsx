/** The diary so far: what was saved and whether it arrived. Scores only where the hiding rule lets them be seen. */
import { canFill, slotOf, type CheckIn } from "../../diary/due.ts";
import { performedAt } from "../../diary/episode.ts";
import type { Entry, FlagReport, Impression, Item } from "../../diary/head.ts";
import { lateness } from "../../diary/lateness.ts";
import { localDay, toRfc3339, trueTime } from "../../diary/moment.ts";
import { acknowledgedAt, isSeen } from "../../diary/seen.ts";
import { deletedEntries, versionsOf, type Version } from "../../diary/versions.ts";
import { clock, dayFrom, momentFrom, t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { answered, type Model } from "../model.ts";
import { symptomWords } from "../symptoms.ts";
import { detailsOf, scoreWords } from "../entryWords.ts";
import { checkInName } from "../names.ts";
import { Frame } from "../parts/Frame.tsx";
import { doneOf, UndoBar } from "../parts/UndoBar.tsx";
import { Versions } from "../parts/Versions.tsx";
import { go } from "../router.ts";

type Line = { at: number } & (
  | { kind: "entry"; entry: Entry; versions: readonly Version[] }
  | { kind: "report"; report: FlagReport }
  | { kind: "impression"; impression: Impression }
  | { kind: "missed"; checkIn: CheckIn }
);

/** `state`: what the screen before has just done. */
export function History({ model, state }: { model: Model; state: Record<string, unknown> }) {
  const { time } = model;
  const versions = versionsOf(model.revisions);
  const days = byDay(linesOf(model, versions));
  const done = doneOf(state, time);
  return (
    <Frame model={model} path="/history">
      <h1 class="question">{later.diary.title}</h1>
      {done && <UndoBar key={`${done.entryId}${done.at}`} model={model} done={done} />}
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
      <Baseline model={model} />
      <Deleted model={model} versions={versions} />
    </Frame>
  );
}

/** What the days after are compared with. Once the injection is done nothing can move it. */
function Baseline({ model }: { model: Model }) {
  const { episode, hiding } = model;
  const { locked, average, pain } = episode.baseline;
  const level = pain ?? average;
  const words = !locked ? later.diary.notLocked
    : hiding.hidden || level === null ? later.diary.lockedHidden
    : later.diary.lockedScore(later.diary.score(level));
  return (
    <section class="card">
      <h2>{later.diary.lockedTitle}</h2>
      <p>{words}</p>
    </section>
  );
}

function Deleted({ model, versions }: { model: Model; versions: ReadonlyMap<string, readonly Version[]> }) {
  const gone = deletedEntries(versions);
  if (gone.length === 0) return null;
  return (
    <details class="card versions">
      <summary>{later.diary.deletedTitle(gone.length)}</summary>
      <ul class="plain">
        {gone.map(({ entryId, body, at }) => (
          <li key={entryId} class="small">
            {momentFrom(model.time, Date.parse(body.taken_at))} · {[scoreWords(model, body), ...detailsOf(model, body)].join(" · ")} · {later.diary.versionDeleted(momentFrom(model.time, Date.parse(at)))}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** An entry from before the injection, which the baseline may rest on. */
export function isLocked({ episode }: Model, { body, head }: Entry): boolean {
  const t0 = performedAt(episode);
  return episode.baseline.locked && t0 !== null && trueTime(Date.parse(body.taken_at), head.recorded.skew_ms) <= t0;
}

function HiddenNote({ model, time }: { model: Model; time: number }) {
  const { hiding } = model;
  if (!hiding.hidden || model.entries.length === 0) return null;
  const words = hiding.why === "due" ? later.diary.hiddenDue
    : hiding.untilMs === null ? later.diary.hiddenWindowUnknown
    : later.diary.hiddenWindow(momentFrom(time, hiding.untilMs));
  return <p class="notice">{words}</p>;
}

function linesOf(model: Model, versions: ReadonlyMap<string, readonly Version[]>): Line[] {
  return [
    ...model.entries.map((entry): Line => ({ kind: "entry", entry, versions: versions.get(entry.entryId) ?? [], at: Date.parse(entry.body.taken_at) })),
    ...model.impressions.map((impression): Line => ({ kind: "impression", impression, at: Date.parse(impression.body.taken_at) })),
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
  if (line.kind === "impression") return line.impression.entryId;
  return line.kind === "report" ? line.report.entryId : line.checkIn.key;
}

function content(model: Model, line: Line, time: number) {
  if (line.kind === "missed") return <MissedLine model={model} checkIn={line.checkIn} time={time} />;
  if (line.kind === "report") return <ReportLine model={model} report={line.report} />;
  if (line.kind === "impression") return <ImpressionLine model={model} impression={line.impression} />;
  return <EntryLine model={model} entry={line.entry} versions={line.versions} />;
}

function ImpressionLine({ model, impression }: { model: Model; impression: Impression }) {
  const { body } = impression;
  return (
    <>
      <div class="line-head">
        <span class="time">{clock(Date.parse(body.taken_at))}</span>
        <span class="what">{later.impression.changes[body.change - 1]}</span>
      </div>
      <p class="muted small">{later.impression.name}</p>
      <p class="marks small"><Arrival model={model} item={impression} /></p>
    </>
  );
}

function EntryLine({ model, entry, versions }: { model: Model; entry: Entry; versions: readonly Version[] }) {
  const { body, head } = entry;
  const described = answered(entry);
  const slot = slotOf(model.checkIns, described);
  const recorded_at = toRfc3339(trueTime(Date.parse(body.recorded_at), head.recorded.skew_ms));
  const grade = body.skipped ? "on_time" : lateness({ ...described, recorded_at }, slot, model.episode.zone);
  const locked = isLocked(model, entry);
  const details = detailsOf(model, body);
  return (
    <>
      <div class="line-head">
        <span class="time">{clock(Date.parse(body.taken_at))}</span>
        <span class="what">{scoreWords(model, body)}</span>
        {head.by === "patient" && !locked && <button type="button" class="link" onClick={() => go(`/history/edit/${entry.entryId}`)} aria-label={t.common.pair(later.diary.edit, clock(Date.parse(body.taken_at)))}>{later.diary.edit}</button>}
      </div>
      {slot && slot.kind !== "pre" && <p class="muted small">{checkInName(model, slot)}</p>}
      {details.length > 0 && <p class="small">{details.map((detail, at) => <bdi key={at}>{at > 0 && " · "}{detail}</bdi>)}</p>}
      <p class="marks small">
        <Arrival model={model} item={entry} />
        {entry.edited && <span>{later.diary.edited}</span>}
        {grade !== "on_time" && <span>{grade === "late" ? later.diary.late : later.diary.fromMemory}</span>}
        {body.proxy && <span>{later.diary.helped}</span>}
        {head.by === "staff" && <span>{later.diary.byClinic}</span>}
        {locked && <span>{later.diary.locked}</span>}
      </p>
      {versions.length > 0 && <Versions model={model} versions={versions} />}
    </>
  );
}

function ReportLine({ model, report }: { model: Model; report: FlagReport }) {
  const { site } = model.episode.index_pain;
  const symptoms = [
    ...report.body.reports.map(({ code }) => symptomWords(code, site)),
    ...(report.body.gone ?? []).map((code) => later.diary.gone(symptomWords(code, site))),
  ];
  const { told } = report.head;
  const seen = acknowledgedAt(model.episode, report.entryId);
  return (
    <>
      <div class="line-head">
        <span class="time">{clock(Date.parse(report.body.taken_at))}</span>
        <span class="what">{later.diary.symptomReport}</span>
      </div>
      <p class="small">{symptoms.length === 0 ? later.diary.noSymptom : symptoms.join(" · ")}</p>
      <p class="marks small">
        {seen === null ? <Arrival model={model} item={report} /> : <span class="mark good">✓✓ {later.flags.seen(clock(seen))}</span>}
        {report.body.proxy && <span>{later.diary.helped}</span>}
        {told && seen === null && <span>{later.flags.told(clock(Date.parse(told.told_at)))}</span>}
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

function Arrival({ model, item }: { model: Model; item: Item<unknown> }) {
  const { rev_id, state } = item.head;
  if (model.needHelp.has(rev_id)) return <span class="mark danger">! {later.diary.needsHelp}</span>;
  if (model.waiting.has(rev_id)) return <span class="mark warn">○ {later.diary.onPhone}</span>;
  if (isSeen(model.episode, item)) return <span class="mark good">✓✓ {later.diary.seen}</span>;
  return <span class="mark good">✓ {state === "checking" ? later.diary.checking : later.diary.received}</span>;
}
