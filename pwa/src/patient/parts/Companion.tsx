/** Where the patient is, what comes next, and how the scores went: no drug, no promise, no diagnosis. */
import { rowsOf } from "../../charts/curve.ts";
import { impressionSlots } from "../../diary/checkIns.ts";
import { performedAt, phaseOf, type Phase } from "../../diary/episode.ts";
import { impressionDue } from "../../diary/impressions.ts";
import { clock, momentFrom, nearDay } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { localDaysBetween } from "../../diary/moment.ts";
import type { CheckIn } from "../../diary/due.ts";
import { usePart } from "../context.ts";
import { answered, type Model } from "../model.ts";
import { checkInName } from "../names.ts";
import { Impression } from "./Impression.tsx";
import { LeafletLink } from "./LeafletLink.tsx";

const MOST_NEXT = 3;

export function Companion({ model }: { model: Model }) {
  const phase = phaseOf(model.episode, model.time);
  if (phase === null) return null;
  return (
    <>
      <Impression model={model} />
      <PhaseCard model={model} phase={phase} />
      <LeafletLink model={model} />
      <Next model={model} />
      {phase !== "window" && <Progress model={model} />}
    </>
  );
}

function PhaseCard({ model, phase }: { model: Model; phase: Phase }) {
  const words = phase === "window"
    ? { title: later.companion.windowTitle, text: later.companion.window(model.episode.index_pain.site) }
    : later.companion.phases[phase];
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p>{words.text}</p>
    </section>
  );
}

function Next({ model }: { model: Model }) {
  const { checkIns, time, place } = model;
  const coming = checkIns.filter((one) => one.expected && one.onTimeFrom > time).slice(0, MOST_NEXT);
  if (coming.length === 0 || place.kind === "ended") return null;
  return (
    <section class="card">
      <h2>{later.companion.next}</h2>
      <ul class="plain">
        {coming.map((checkIn) => <li key={checkIn.key}>{words(model, checkIn)}</li>)}
      </ul>
    </section>
  );
}

/** The name of a daily or later one holds its date already; some can be answered from days before it. */
function words(model: Model, checkIn: CheckIn): string {
  const name = checkInName(model, checkIn);
  const { kind, plannedAt, onTimeFrom } = checkIn;
  if (["early", "hour", "bedtime"].includes(kind)) return `${name}: ${momentFrom(model.time, plannedAt)}`;
  if (localDaysBetween(onTimeFrom, plannedAt) === 0) return name;
  return `${name}: ${later.companion.opens(nearDay(localDaysBetween(model.time, onTimeFrom), onTimeFrom), clock(onTimeFrom))}`;
}

/** How much is there, with thanks and without a share of what is missing; the curve only while it steers no score. */
function Progress({ model }: { model: Model }) {
  const { entries, hiding, episode, impressions, time } = model;
  const t0 = performedAt(episode) ?? 0;
  const scores = rowsOf(t0, entries.map(answered)).length;
  const waits = hiding.hidden || impressionDue(impressionSlots(episode), impressions, time) !== null;
  const { part } = usePart(waits || scores === 0 ? null : "curve");
  return (
    <section class="card">
      <h2>{later.companion.curve}</h2>
      <p>{scores > 0 && later.companion.scores(scores)} <span class="muted">{later.companion.noGuilt}</span></p>
      {!waits && part && <part.PatientCurve model={model} />}
    </section>
  );
}
