/** "Something feels wrong": symptom, a few questions, and at once what to do. Needs no network. */
import { useEffect, useState } from "preact/hooks";
import { hoursSince } from "../../diary/episode.ts";
import { FLAG_CODES, isInTable, isNumberQuestion, questionsFor, triage, type Report } from "../../diary/flags.ts";
import { flagReport } from "../../diary/revise.ts";
import type { Level, SymptomReport } from "../../diary/record.ts";
import { t } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { useOpen, useServices } from "../context.ts";
import { isHelping, sayHelping } from "../helping.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { Unreviewed } from "../parts/Unreviewed.tsx";
import { go } from "../router.ts";
import { symptomWords } from "../symptoms.ts";
import { LevelScreen } from "./Level.tsx";
import { Question } from "./Question.tsx";

const URGENT = new Set(FLAG_CODES.filter((code) => certain({ code }, null, null)?.level === "E"));

interface Result {
  level: Level;
  report: Report;
  /** Hours after T0 at which to look again. */
  recheckAtHours: number | null;
  /** Null when the phone could not keep the report; undefined while it is being kept. */
  revId: string | null | undefined;
}

interface Props {
  model: Model | null;
  /** A symptom that is already known, from an entry or an earlier report. */
  symptom?: string | null;
  /** Whether it is looked at again because its time has come. */
  recheck?: boolean;
}

export function Check({ model, symptom = null, recheck = false }: Props) {
  const { store, uploader, now } = useServices();
  useOpen("check");
  const [openedAt, setOpenedAt] = useState(now);
  const [report, setReport] = useState<Report | null>(null);
  const [asked, setAsked] = useState<string[]>([]);
  const [result, setResult] = useState<Result | null>(null);
  const [proxy, setProxy] = useState(() => isHelping(now()));
  const help = (helping: boolean) => {
    sayHelping(helping, now());
    setProxy(helping);
  };
  const region = model?.episode.region ?? null;
  const hours = model ? hoursSince(model.episode, now() - model.clockError) : null;

  const proceed = (next: Report, done: string[]) => {
    setAsked(done);
    setReport(next);
    if (certain(next, hours, region) || openQuestions(next, done).length === 0) finish(next);
  };
  const openQuestions = (about: Report, done: string[]) => questionsFor(about, hours, region).filter((question) => !done.includes(question));
  const finish = (last: Report) => {
    const [finding] = triage([last], hours, region).findings;
    if (!finding) return;
    setResult({ level: finding.level, report: last, recheckAtHours: finding.recheckAtHours, revId: model ? undefined : null });
    void keep(last, finding.level);
  };
  const keep = async (next: Report, level: Level) => {
    if (!model) return;
    const writing = { episodeId: model.episode.episode_id, now: now(), openedAt, skewMs: model.meta.skew_ms ?? null };
    const operation = flagReport([stated(next)], level, writing, { proxy });
    try {
      await store.save([operation]);
      setResult((before) => before && { ...before, revId: operation.rev_id });
      void uploader.kick(level === "E" || level === "S");
    } catch {
      // The level is on the screen already; it says itself that nothing was kept and that the clinic has not been told.
      setResult((before) => before && { ...before, revId: null });
    }
  };
  const again = () => {
    setReport(null);
    setResult(null);
    setAsked([]);
    setOpenedAt(now());
  };
  useEffect(() => {
    if (symptom !== null && isInTable(symptom)) proceed({ code: symptom, ...(recheck ? { at_recheck: true } : {}) }, []);
  }, [symptom]);
  if (result) return <LevelScreen model={model} {...result} onAgain={again} />;
  const question = report && openQuestions(report, asked)[0];
  if (report && question !== undefined && question !== null) {
    const answer = (given: boolean | number | null) => proceed(given === null ? report : { ...report, [question]: given }, [...asked, question]);
    return (
      <Question
        key={question}
        model={model}
        code={report.code}
        question={question}
        number={isNumberQuestion(question)}
        hours={hours}
        onBack={again}
        onAnswer={answer}
      />
    );
  }
  return <SymptomList model={model} proxy={proxy} onProxy={help} onChoose={(code) => proceed({ code }, [])} />;
}

/** The finding when no unanswered question can still change it, else null. */
function certain(report: Report, hours: number | null, region: string | null) {
  const [finding] = triage([report], hours, region).findings;
  const settled = finding?.level === "E" && !finding.reasons.some((reason) => reason.startsWith("unanswered:"));
  return settled ? finding : null;
}

/** Only what was answered; what was not is absent. */
function stated(report: Report): SymptomReport {
  return Object.fromEntries(Object.entries(report).filter(([, answer]) => answer !== null && answer !== undefined)) as SymptomReport;
}

interface ListProps {
  model: Model | null;
  /** Somebody else answers for the patient. */
  proxy: boolean;
  onProxy: (proxy: boolean) => void;
  onChoose: (code: string) => void;
}

function SymptomList({ model, proxy, onProxy, onChoose }: ListProps) {
  const site = model?.episode.index_pain.site ?? null;
  return (
    <Frame model={model} path="/check">
      <h1 class="question">{t.flags.title}</h1>
      <p class="muted hint">{later.flags.intro}</p>
      <h2 class="urgent">{later.flags.urgent}</h2>
      <Symptoms codes={FLAG_CODES.filter((code) => URGENT.has(code))} site={site} urgent onChoose={onChoose} />
      {model && (
        <p class="start">
          <button type="button" class="chip" aria-pressed={proxy} onClick={() => onProxy(!proxy)}>{t.form.helping}</button>
        </p>
      )}
      <h2>{later.flags.others}</h2>
      <Symptoms codes={FLAG_CODES.filter((code) => !URGENT.has(code))} site={site} onChoose={onChoose} />
      <p class="stack">
        <button type="button" class="secondary" onClick={() => go("/today")}>{later.flags.none}</button>
        <span class="muted small">{later.flags.noneNote}</span>
        <Unreviewed model={model} />
      </p>
    </Frame>
  );
}

function Symptoms({ codes, site, urgent = false, onChoose }: { codes: readonly string[]; site: string | null; urgent?: boolean; onChoose: (code: string) => void }) {
  return (
    <ul class="symptoms">
      {codes.map((code) => (
        <li key={code}>
          <button type="button" class={urgent ? "symptom urgent" : "symptom"} onClick={() => onChoose(code)}>
            <span>{symptomWords(code, site)}</span>
            <span aria-hidden="true">›</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
