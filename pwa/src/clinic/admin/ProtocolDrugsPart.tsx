/** What is usually given under a protocol, typed as in a procedure record. */
import { useState } from "preact/hooks";
import { type DrugDraft, protocolDrugs, typedDrugs } from "../drugs";
import { AnaestheticRows, WhichSteroid } from "../enrol/DrugPart";
import { EMPTY_ANAESTHETIC } from "../fields";
import { drugProblems } from "../validate";
import { drugsText } from "./protocolText";
import type { ProtocolDrugs } from "./types";

const NOTHING: DrugDraft = { anaesthetics: [{ ...EMPTY_ANAESTHETIC }], steroidGiven: "", steroidDrug: "", steroidDose: "" };

export function ProtocolDrugsPart(props: {
  template: string;
  drugs: ProtocolDrugs | null;
  diagnostic: boolean;
  /** Called with what is typed, or with what is wrong about it. */
  onDrugs: (drugs: ProtocolDrugs | null, problem: string | null) => void;
}) {
  const { drugs, diagnostic } = props;
  const [draft, setDraft] = useState<DrugDraft>(() => startOf(drugs, diagnostic));
  const problems = drugProblems(draft);
  const set = (change: Partial<DrugDraft>) => {
    const next = { ...draft, ...change };
    setDraft(next);
    props.onDrugs(protocolDrugs(next), drugProblems(next).size ? "Correct the drugs first." : null);
  };
  const form = { draft, set, prefix: `${props.template}-`, problem: (name: string) => problems.get(name) };
  return (
    <details class="fold protocol-drugs">
      <summary>
        Usual drugs: <b>{drugs ? drugsText(drugs) : "none set"}</b>
      </summary>
      <p class="hint">Offered on the procedure record to fill it in with one tap; never taken as given.</p>
      <AnaestheticRows {...form} />
      {!diagnostic && <WhichSteroid {...form} />}
    </details>
  );
}

function startOf(drugs: ProtocolDrugs | null, diagnostic: boolean): DrugDraft {
  if (!drugs) return NOTHING;
  const typed = typedDrugs(drugs, diagnostic);
  return typed.anaesthetics.length ? typed : { ...typed, anaesthetics: NOTHING.anaesthetics };
}
