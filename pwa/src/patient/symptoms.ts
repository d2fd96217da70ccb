/** The patient's words for a symptom of the red-flag table. */
import { later, wordsFor } from "../i18n/later.ts";

const LIMB = "limb_weak_or_numb";

/** `site`: where the treated nerve hurts; on the trunk it is a strip of skin that goes numb, not a limb. */
export function symptomWords(code: string, site: string | null): string {
  return code === LIMB && site === "trunk" ? later.flags.trunkNumb : (wordsFor(later.flags.symptoms, code) ?? code);
}
