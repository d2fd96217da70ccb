/** The drugs of the clinic's protocols, to fill the form in with one tap; never without it, and never over typed ones unasked. */
import { protocols } from "../admin/calls";
import { drugsText, fittingTemplate, protocolName } from "../admin/protocolText";
import type { Protocol, ProtocolDrugs } from "../admin/types";
import { useDesk, useResource } from "../context";
import { replaces, typedDrugs } from "../drugs";
import type { Draft } from "../fields";
import type { DraftForm } from "./useDraft";

export function UsualDrugs({ form }: { form: DraftForm }) {
  const { api, announce } = useDesk();
  const known = useResource("protocols", (signal) => protocols(api, signal));
  const offers = (known.data ?? []).filter((one) => isOffered(one, form.draft));
  if (!offers.length) return null;
  const fill = (template: string, drugs: ProtocolDrugs) => {
    const typed = typedDrugs(drugs, template.endsWith("-diagnostic"));
    if (replaces(form.draft, typed) && !confirm(`Replace the drugs typed here with ${drugsText(drugs)}?`)) return;
    form.set(typed.anaesthetics.length ? typed : { ...typed, anaesthetics: form.draft.anaesthetics });
    announce("Filled in. Check it against what was given.");
  };
  return (
    <div class="usual-drugs" role="group" aria-label="Usual drugs">
      {offers.map(({ template, options }) =>
        options.drugs ? (
          <button type="button" class="quiet" key={template} onClick={() => fill(template, options.drugs as ProtocolDrugs)}>
            <span>Fill in: <b>{drugsText(options.drugs)}</b></span> <span class="second">{protocolName(template)}</span>
          </button>
        ) : null,
      )}
      <p class="hint">Check it against what was given; everything can be changed.</p>
    </div>
  );
}

/** Of the chosen protocol, else of those that region and steroid allow. */
function isOffered({ template, options }: Protocol, draft: Draft): boolean {
  if (!options.drugs) return false;
  const wanted = draft.protocol || fittingTemplate(draft.region, draft.steroidGiven);
  if (wanted) return template === wanted;
  return ["none", "given"].some((steroid) => template === fittingTemplate(draft.region, steroid));
}
