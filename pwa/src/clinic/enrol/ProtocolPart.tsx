/** Which of the clinic's protocols the diary runs on; region and steroid choose it unless somebody does. */
import { protocols } from "../admin/calls";
import { fittingTemplate, protocolChoices, protocolName } from "../admin/protocolText";
import { useDesk, useResource } from "../context";
import { SelectField } from "../parts/inputs";
import type { DraftForm } from "./useDraft";

export function ProtocolPart({ form }: { form: DraftForm }) {
  const { api } = useDesk();
  const known = useResource("protocols", (signal) => protocols(api, signal));
  const { draft, set, problem } = form;
  const fitting = fittingTemplate(draft.region, draft.steroidGiven);
  const told = draft.protocol || fitting;
  return (
    <details class="fold" open={problem("protocol") ? true : undefined}>
      <summary>
        Protocol: <b>{told ? protocolName(told) : "the usual one"}</b>
        <span class="fold-note">{draft.protocol ? "chosen" : "from region and steroid"}</span>
      </summary>
      <SelectField
        name="protocol"
        label="Protocol of the diary"
        value={draft.protocol}
        options={[{ value: "", label: "From region and steroid" }, ...protocolChoices(known.data ?? [])]}
        onValue={(protocol) => set({ protocol })}
        problem={problem("protocol")}
      />
    </details>
  );
}
