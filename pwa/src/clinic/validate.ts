/** What the form still needs before it can be sent, by field; the server decides again. */
import type { BesideDraft } from "./beside";
import type { DrugDraft } from "./drugs";
import { type AnaestheticDraft, type Draft, type EventDraft, filledDates, hasT0, needsDrugs, needsT0 } from "./fields";
import { dateInput, isRealDate, isZone, toInstant } from "./time";

/** Field name (the JSON pointer without its leading part) to sentence, in the order of the form. */
export type Problems = Map<string, string>;

export type FormKind = "enrol" | "correct";

/** A decimal as typed, point or comma; NaN when it is not one. */
export function decimal(text: string): number {
  const clean = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(clean) ? Number(clean) : Number.NaN;
}

export function validate(draft: Draft, kind: FormKind, now: Date): Problems {
  const problems: Problems = new Map();
  if (kind === "enrol") patientProblems(draft, problems, now);
  plannedProblems(draft, problems);
  zoneAndTime(draft, problems, now);
  procedureProblems(draft, problems);
  steroidProblems(draft, problems);
  baselineProblems(draft, problems, now);
  draft.events.forEach((event, i) => eventProblems(event, `events.${i}`, draft, problems, now));
  besideProblems(draft, problems, now);
  if (kind === "correct" && !draft.reason.trim())
    problems.set("reason", "Say why. The reason stays with the record.");
  return problems;
}

function plannedProblems({ status, plannedOn }: Draft, problems: Problems): void {
  if (status === "planned" && plannedOn && !isRealDate(plannedOn)) problems.set("planned_on", "This is not a day.");
}

function eventProblems(event: EventDraft, name: string, draft: Draft, problems: Problems, now: Date): void {
  if (!event.kind) problems.set(`${name}.kind`, "Choose what it was, or remove this row.");
  if (!event.date) problems.set(`${name}.at`, "Enter the day it happened.");
  if (!event.time) problems.set(`${name}.time`, "Enter the time, as near as it is known.");
  if (!event.date || !event.time || !isZone(draft.zone)) return;
  const at = toInstant(event.date, event.time, draft.zone);
  const t0 = hasT0(draft) ? toInstant(draft.date, draft.time, draft.zone) : null;
  if (!at) problems.set(`${name}.at`, "This is not a time on that day.");
  else if (Date.parse(at) > now.getTime() + 60_000) problems.set(`${name}.at`, "This lies in the future.");
  else if (t0 && Date.parse(at) <= Date.parse(t0))
    problems.set(`${name}.at`, "This lies before T0; only what came after the block ends its reading.");
}

function besideProblems(draft: BesideDraft & { zone: string; date: string }, problems: Problems, now: Date): void {
  if (draft.complicated === "yes" && !draft.complications.length)
    problems.set("complications", "Name the complication, or choose “None”.");
  if (draft.complicated === "yes")
    draft.complications.forEach((one, i) => {
      if (!one.code) problems.set(`complications.${i}.code`, "Choose what it was, or remove this row.");
      if (one.time && !toInstant(one.date || draft.date, one.time, draft.zone))
        problems.set(`complications.${i}.at`, "This is not a time on that day.");
    });
  const today = isZone(draft.zone) ? dateInput(now, draft.zone) : now.toISOString().slice(0, 10);
  draft.questionnaires.forEach((one, i) => {
    if (!one.instrument) problems.set(`questionnaires.${i}.instrument`, "Choose which one, or remove this row.");
    if (!isRealDate(one.on)) problems.set(`questionnaires.${i}.on`, "Enter the day it was filled in.");
    else if (one.on > today) problems.set(`questionnaires.${i}.on`, "This lies in the future.");
    const percent = decimal(one.percent);
    if (Number.isNaN(percent) || percent > 100) problems.set(`questionnaires.${i}.percent`, "0 to 100 %.");
  });
}

function patientProblems(draft: Draft, problems: Problems, now: Date): void {
  if (draft.patientId) return;
  if (!draft.name.trim()) problems.set("patient.name", "Enter the patient's name.");
  if (!draft.recordNumber.trim())
    problems.set("patient.record_number", "Enter the record number.");
  const born = draft.bornOn;
  if (!born) return;
  if (!isRealDate(born) || born < "1900-01-01" || born > now.toISOString().slice(0, 10))
    problems.set("patient.born_on", "This is not a date of birth.");
  else if (hasT0(draft) && born > draft.date) problems.set("patient.born_on", "This lies after the injection.");
}

function zoneAndTime(draft: Draft, problems: Problems, now: Date): void {
  if (!isZone(draft.zone)) {
    problems.set("zone", "Enter a time zone such as Europe/Berlin.");
    return;
  }
  if (!hasT0(draft)) {
    if (needsT0(draft))
      problems.set("procedure.performed_at", "Enter the date and minute the injection ended.");
    return;
  }
  const instant = toInstant(draft.date, draft.time, draft.zone);
  if (!instant)
    problems.set("procedure.performed_at", "This time does not exist on that day in this zone.");
  else if (Date.parse(instant) > now.getTime() + 60_000)
    problems.set("procedure.performed_at", "T0 lies in the future. Choose “Planned” instead, or correct it.");
}

function procedureProblems(draft: Draft, problems: Problems): void {
  if (!draft.level) problems.set("procedure.level", "Choose the level.");
  if (!draft.side) problems.set("procedure.side", "Choose the side.");
  anaestheticProblems(draft.anaesthetics, needsDrugs(draft), problems);
}

function anaestheticProblems(parts: readonly AnaestheticDraft[], needed: boolean, problems: Problems): void {
  parts.forEach((part, i) => {
    const name = `procedure.anaesthetic.${i}`;
    const begun = part.concentration.trim() || part.volume.trim() || part.adrenaline;
    if (!part.drug && (needed || begun)) problems.set(`${name}.drug`, "Choose the anaesthetic.");
    positive(part.concentration, `${name}.concentration_percent`, problems, 100);
    positive(part.volume, `${name}.volume_ml`, problems, 100);
  });
}

/** What is wrong with the drugs of a protocol, which may all be left open. */
export function drugProblems(draft: DrugDraft): Problems {
  const problems: Problems = new Map();
  anaestheticProblems(draft.anaesthetics, false, problems);
  if (!draft.steroidDrug && draft.steroidDose.trim()) problems.set("procedure.steroid.drug", "Choose the steroid.");
  positive(draft.steroidDose, "procedure.steroid.dose_mg", problems, 1_000);
  return problems;
}

function steroidProblems(draft: Draft, problems: Problems): void {
  if (!draft.steroidGiven && needsDrugs(draft))
    problems.set("procedure.steroid", "Choose whether a steroid was given.");
  if (draft.steroidGiven !== "given") return;
  if (!draft.steroidDrug) problems.set("procedure.steroid.drug", "Choose the steroid.");
  positive(draft.steroidDose, "procedure.steroid.dose_mg", problems, 1_000);
}

function positive(text: string, name: string, problems: Problems, most: number): void {
  if (!text.trim()) return;
  const value = decimal(text);
  if (Number.isNaN(value)) problems.set(name, "Enter a number, such as 0.5.");
  else if (value <= 0) problems.set(name, "Must be above 0.");
  else if (value > most) problems.set(name, `More than ${most} cannot be right.`);
}

function baselineProblems(draft: Draft, problems: Problems, now: Date): void {
  if (draft.painTime) recordedProblem(draft, problems, now);
  for (const date of filledDates(draft)) {
    const value = decimal(draft.daily[date] ?? "");
    if (Number.isNaN(value) || value > 10) problems.set(`baseline.daily.${date}`, "0 to 10.");
  }
  draft.analgesics.forEach((item, i) => {
    const name = `baseline.usual_analgesics.${i}`;
    if (!item.drug.trim()) problems.set(`${name}.drug`, "Name the painkiller.");
    if (Number.isNaN(decimal(item.perDay)))
      problems.set(`${name}.mg_per_day`, "Enter milligrams per day, such as 1200.");
  });
}

function recordedProblem(draft: Draft, problems: Problems, now: Date): void {
  if (!draft.pain) {
    problems.set("baseline.pain", "Choose the score that was recorded at this time.");
    return;
  }
  const instant = toInstant(draft.painDate || draft.date, draft.painTime, draft.zone);
  const t0 = hasT0(draft) ? toInstant(draft.date, draft.time, draft.zone) : null;
  if (!instant) problems.set("baseline.recorded_at", "This is not a time on that day.");
  else if (Date.parse(instant) > now.getTime() + 60_000)
    problems.set("baseline.recorded_at", "This lies in the future.");
  else if (t0 && Date.parse(instant) > Date.parse(t0))
    problems.set("baseline.recorded_at", "The baseline must be recorded before T0.");
}

/** Where a refused field of problem+json stands on the form. */
export function fieldOfPointer(pointer: string, draft: Draft): string {
  const parts = pointer.replace(/^#?\//, "").split("/").map((part) =>
    part.replaceAll("~1", "/").replaceAll("~0", "~"),
  );
  if (parts[0] === "episode") parts.shift();
  // One anaesthetic may be named without its place in the list.
  if (parts[0] === "procedure" && parts[1] === "anaesthetic" && parts[2] && !/^\d+$/.test(parts[2]))
    parts.splice(2, 0, "0");
  if (parts[0] === "procedure" && parts[1] === "anaesthetic" && parts.length < 4)
    return `procedure.anaesthetic.${parts[2] ?? 0}.drug`;
  if (parts[0] === "baseline" && parts[1] === "daily" && parts[2] !== undefined)
    return `baseline.daily.${filledDates(draft)[Number(parts[2])] ?? parts[2]}`;
  if (parts[0] === "index_pain") return "index_pain";
  if (parts[0] === "events" && parts[1] !== undefined) return `events.${parts[1]}.${parts[2] === "kind" ? "kind" : "at"}`;
  return parts.join(".");
}
