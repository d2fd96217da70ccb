/** The procedure as recorded, its baseline, and every change with its reason. */
import { keptProtocol } from "../admin/protocolText";
import { complicationText, questionnaireText, risksText } from "../besideText";
import { changeText, dayText } from "../changeText";
import { dateTime, shortDate, wallAsWritten } from "../time";
import type { EpisodeDetail } from "../types";
import { anaesthetics, CONTRAST, EVENTS, GUIDANCE, INDICATIONS, indexPain, INSTRUMENTS, number, root, steroidText, wordsFor } from "../words";

export function ProcedureRecord({ episode }: { episode: EpisodeDetail }) {
  return (
    <section class="card record" aria-labelledby="record-title">
      <div class="card-head">
        <h2 id="record-title">Record</h2>
      </div>
      <dl class="facts">
        {factsOf(episode).map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <History episode={episode} />
    </section>
  );
}

function yesNo(value: boolean | null | undefined): string {
  if (value === true) return "yes";
  return value === false ? "no" : "not recorded";
}

function factsOf(episode: EpisodeDetail): [string, string][] {
  const { procedure, baseline, zone } = episode;
  const open = episode.status === "planned" ? "not recorded yet" : null;
  const facts: [string, string | null][] = [
    ["Planned for", episode.planned_on && !episode.performed_at ? dayText(episode.planned_on) : null],
    ["T0", episode.performed_at ? dateTime(episode.performed_at, zone) : "not confirmed"],
    ["Root", [root(episode), ...(procedure.further_levels ?? [])].join(", same session ")],
    ["Index pain", indexPain(episode.index_pain)],
    ["Indication", procedure.indication ? wordsFor(INDICATIONS, procedure.indication) : null],
    ["Anaesthetic", (!procedure.anaesthetic && open) || anaesthetics(procedure.anaesthetic)],
    ["Steroid", (procedure.steroid === undefined && open) || steroidText(procedure.steroid)],
    ["Pain provocable before", yesNo(procedure.provocable_before)],
    ["Needle provoked it", yesNo(procedure.concordant_pain_provoked)],
    ["Sedation", yesNo(procedure.sedation)],
    ["Baseline", baselineText(episode)],
    ["Daily averages", dailyText(episode)],
    ["Usual painkillers", (baseline.usual_analgesics ?? []).map((a) => `${a.drug} ${number(a.mg_per_day)} mg/day`).join(", ") || null],
    ["Operator", episode.operator],
    ["Approach", episode.approach],
    ["Guidance", procedure.guidance ? wordsFor(GUIDANCE, procedure.guidance) : null],
    ["Contrast", (procedure.contrast_spread ?? []).map((code) => wordsFor(CONTRAST, code).toLowerCase()).join(", ") || null],
    ["Risks", episode.risks ? risksText(episode.risks).join(", ") : null],
    ["Complications", episode.complications ? episode.complications.map(complicationText).join(", ") || "none" : null],
    ...(episode.questionnaires ?? []).map((one): [string, string] => [
      wordsFor(INSTRUMENTS, one.instrument),
      `${questionnaireText(one)}, ${dayText(one.on)}`,
    ]),
    ["Protocol", keptProtocol(episode.protocol)],
    ["Time zone", zone],
    ...episode.events.map((event): [string, string] => [wordsFor(EVENTS, event.kind), dateTime(event.at, zone)]),
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

function baselineText({ baseline, zone }: EpisodeDetail): string {
  if (baseline.pain === null || baseline.pain === undefined) return "not recorded";
  return `${baseline.pain}/10${baseline.recorded_at ? `, ${dateTime(baseline.recorded_at, zone)}` : ""}`;
}

function dailyText({ baseline }: EpisodeDetail): string | null {
  const daily = baseline.daily ?? [];
  if (!daily.length) return null;
  const mean = daily.reduce((sum, day) => sum + day.average, 0) / daily.length;
  const first = wallAsWritten(`${daily[0]?.date}T00:00`);
  return `${daily.length}, mean ${number(mean)}${first ? `, from ${shortDate(first, false)}` : ""}`;
}

function History({ episode }: { episode: EpisodeDetail }) {
  const revisions = [...episode.revisions].sort((a, b) => b.revision - a.revision);
  if (!revisions.length) return null;
  return (
    <details class="fold">
      <summary>
        History <span class="fold-note">{revisions.length === 1 ? "1 version" : `${revisions.length} versions`}</span>
      </summary>
      <ol class="plain-list history">
        {revisions.map((revision) => (
          <li key={revision.revision}>
            <p>
              <b>{dateTime(revision.at, episode.zone)}</b> {revision.by}
            </p>
            {revision.changes.map((change) => (
              <p key={change.field}>{changeText(change, episode.zone)}</p>
            ))}
            {revision.reason && <p class="reason">{revision.reason}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
