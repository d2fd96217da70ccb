/** Drugs as typed and as stored, in a record and in a protocol. */
import type { ProtocolDrugs } from "./admin/types";
import { text } from "./beside";
import type { AnaestheticDraft, Draft } from "./fields";
import type { Anaesthetic } from "./types";
import { decimal } from "./validate";

export type DrugDraft = Pick<Draft, "anaesthetics" | "steroidGiven" | "steroidDrug" | "steroidDose">;

export function typedAnaesthetic(part: Anaesthetic): AnaestheticDraft {
  return {
    drug: part.drug,
    concentration: text(part.concentration_percent),
    volume: text(part.volume_ml),
    adrenaline: part.adrenaline ?? null,
  };
}

/** A protocol's drugs as a form holds them; one without a steroid says that none is given. */
export function typedDrugs({ anaesthetic, steroid }: ProtocolDrugs, diagnostic: boolean): DrugDraft {
  return {
    anaesthetics: anaesthetic.map(typedAnaesthetic),
    steroidGiven: diagnostic ? "none" : steroid ? "given" : "",
    steroidDrug: steroid?.drug ?? "",
    steroidDose: text(steroid?.dose_mg),
  };
}

/** What is typed for a protocol; null while nothing is. */
export function protocolDrugs(draft: DrugDraft): ProtocolDrugs | null {
  const anaesthetic = draft.anaesthetics.filter((part) => part.drug).map(storedAnaesthetic);
  if (!anaesthetic.length && !draft.steroidDrug) return null;
  const dose = draft.steroidDose.trim() ? { dose_mg: decimal(draft.steroidDose) } : {};
  return { anaesthetic, ...(draft.steroidDrug ? { steroid: { drug: draft.steroidDrug, ...dose } } : {}) };
}

export function storedAnaesthetic(part: AnaestheticDraft): Anaesthetic {
  const made: Anaesthetic = { drug: part.drug };
  if (part.concentration.trim()) made.concentration_percent = decimal(part.concentration);
  if (part.volume.trim()) made.volume_ml = decimal(part.volume);
  // "Not known" says nothing about what was mixed in either.
  if (part.drug !== "unknown" && part.adrenaline !== null) made.adrenaline = part.adrenaline;
  return made;
}

/** Whether filling a protocol's drugs in would replace something that is typed already and differs. */
export function replaces(draft: DrugDraft, drugs: DrugDraft): boolean {
  const typed = draft.anaesthetics.some((part) => part.drug || part.concentration.trim() || part.volume.trim() || part.adrenaline);
  const other = (["steroidGiven", "steroidDrug", "steroidDose"] as const).some((key) => draft[key] && draft[key] !== drugs[key]);
  return other || (typed && JSON.stringify(draft.anaesthetics) !== JSON.stringify(drugs.anaesthetics));
}
