/** The form as the API wants it: numbers, instants, and keys left out where nothing is known. */
import { fittingTemplate } from "./admin/protocolText";
import { besideBody, techniqueOf } from "./beside";
import { storedAnaesthetic } from "./drugs";
import { type Draft, derivedSide, derivedSite, filledDates, hasT0 } from "./fields";
import type {
  Baseline,
  CorrectionBody,
  EnrolBody,
  IndexPain,
  PainSide,
  PainSite,
  Procedure,
  Side,
} from "./types";
import { toInstant } from "./time";
import { decimal } from "./validate";

/** Call only with a draft that `validate` found nothing wrong with. */
export function enrolBody(draft: Draft): EnrolBody {
  const episode: EnrolBody["episode"] = {
    status: draft.status,
    zone: draft.zone,
    index_pain: indexPainOf(draft),
    procedure: procedureOf(draft),
    baseline: baselineOf(draft),
    ...besideBody(draft, decimal),
  };
  if (draft.status === "planned" && draft.plannedOn) episode.planned_on = draft.plannedOn;
  if (draft.operator.trim()) episode.operator = draft.operator.trim();
  if (draft.approach.trim()) episode.approach = draft.approach.trim();
  const protocol = draft.protocol || fittingTemplate(draft.region, draft.steroidGiven);
  if (protocol) episode.protocol = protocol;
  if (draft.patientId) return { patient_id: draft.patientId, episode };
  const patient: NonNullable<EnrolBody["patient"]> = {
    name: draft.name.trim(),
    record_number: draft.recordNumber.trim(),
  };
  if (draft.bornOn) patient.born_on = draft.bornOn;
  return { patient, episode };
}

/** The whole record again: what is not sent would be lost from the new version. */
export function correctionBody(draft: Draft, revision: number): CorrectionBody {
  return {
    status: draft.status,
    zone: draft.zone,
    planned_on: draft.plannedOn || null,
    operator: draft.operator.trim() || null,
    approach: draft.approach.trim() || null,
    index_pain: indexPainOf(draft),
    procedure: procedureOf(draft),
    baseline: baselineOf(draft),
    events: draft.events.flatMap((event) => {
      const at = toInstant(event.date, event.time, draft.zone);
      return at ? [{ kind: event.kind, at }] : [];
    }),
    ...besideBody(draft, decimal),
    reason: draft.reason.trim(),
    revision,
  };
}

export function indexPainOf(draft: Draft): IndexPain {
  return {
    site: (draft.painSite || derivedSite(draft.region)) as PainSite,
    side: (draft.painSide || derivedSide(draft.side)) as PainSide,
  };
}

function procedureOf(draft: Draft): Procedure {
  const procedure: Procedure = {
    region: draft.region,
    level: draft.level,
    side: draft.side as Side,
    ...techniqueOf(draft),
  };
  const parts = draft.anaesthetics.filter((part) => part.drug);
  if (parts.length) procedure.anaesthetic = parts.map(storedAnaesthetic);
  const t0 = hasT0(draft) ? toInstant(draft.date, draft.time, draft.zone) : null;
  if (t0) procedure.performed_at = t0;
  if (draft.indication) procedure.indication = draft.indication;
  if (draft.steroidGiven === "none") procedure.steroid = null;
  if (draft.steroidGiven === "given") {
    procedure.steroid = { drug: draft.steroidDrug };
    if (draft.steroidDose.trim()) procedure.steroid.dose_mg = decimal(draft.steroidDose);
  }
  if (draft.sedation) procedure.sedation = draft.sedation === "yes";
  if (draft.provoked) procedure.concordant_pain_provoked = draft.provoked === "yes";
  if (draft.provocable) procedure.provocable_before = draft.provocable === "yes";
  return procedure;
}

function baselineOf(draft: Draft): Baseline {
  const baseline: Baseline = { pain: draft.pain === "" ? null : Number(draft.pain) };
  if (draft.pain && draft.painTime) {
    const at = toInstant(draft.painDate || draft.date, draft.painTime, draft.zone);
    if (at) baseline.recorded_at = at;
  }
  const daily = filledDates(draft).map((date) => ({
    date,
    average: decimal(draft.daily[date] ?? ""),
  }));
  if (daily.length) baseline.daily = daily;
  if (draft.analgesics.length)
    baseline.usual_analgesics = draft.analgesics.map((item) => ({
      drug: item.drug.trim(),
      mg_per_day: decimal(item.perDay),
    }));
  return baseline;
}
