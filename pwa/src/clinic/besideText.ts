/** Risks, complications and questionnaires of a record, said in a few words. */
import type { Complication, Questionnaire, Risks } from "./types";
import { ANTICOAGULANTS, COMPLICATIONS, DIABETES, INSTRUMENTS, number, wordsFor } from "./words";

/** One phrase for each risk that is recorded, an absent one included: "no diabetes" is worth knowing. */
export function risksText(risks: Risks): string[] {
  const told: string[] = [];
  if (risks.anticoagulant === "none") told.push("no anticoagulant");
  else if (risks.anticoagulant)
    told.push(`${risks.anticoagulant_drug ?? "anticoagulant"} ${wordsFor(ANTICOAGULANTS, risks.anticoagulant).toLowerCase()}`);
  if (risks.diabetes === "none") told.push("no diabetes");
  else if (risks.diabetes) told.push(`diabetes ${wordsFor(DIABETES, risks.diabetes).toLowerCase()}`);
  if (risks.allergic === false) told.push("no known allergy");
  else if (risks.allergic) told.push(risks.allergies ? `allergic: ${risks.allergies}` : "allergic");
  return told;
}

export function complicationText(one: Complication): string {
  const name = wordsFor(COMPLICATIONS, one.code).toLowerCase();
  return one.note ? `${name} (${one.note})` : name;
}

/** "ODI 42 %". */
export function questionnaireText(one: Questionnaire): string {
  return `${wordsFor(INSTRUMENTS, one.instrument)} ${number(one.percent)} %`;
}
