/** Patient and procedure in one form; the phone's QR follows. */
import { useCallback } from "preact/hooks";
import { may, useAction, useDesk, useResource } from "../context";
import { type Draft, emptyDraft } from "../fields";
import { keepDraft, keptDraft } from "../memory";
import { Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { enrolBody } from "../serialise";
import { BaselinePart } from "./BaselinePart";
import { BesidePart } from "./BesidePart";
import { BlockPart } from "./BlockPart";
import { CircumstancePart, DrugPart } from "./DrugPart";
import { FormFoot } from "./FormFoot";
import { ProtocolPart } from "./ProtocolPart";
import { PatientPart } from "./PatientPart";
import { useDraft } from "./useDraft";

const STATUSES = [
  { value: "performed", label: "Done" },
  { value: "planned", label: "Planned" },
];

export function EnrolScreen({ like }: { like: string | null }) {
  const { api, session } = useDesk();
  const { clinician, clinic } = session;
  const before = useResource(like ?? "none", (signal) => (like ? api.episode(like, signal) : Promise.resolve(null)));
  const fresh = () => emptyDraft(clinic.zone, new Date(), clinician.role === "physician" ? clinician.name : "");
  if (like && !before.data)
    return (
      <>
        <h1 tabIndex={-1}>Another block</h1>
        {before.error ? <Failure error={before.error} onRetry={before.reload} /> : <Waiting label="Loading…" />}
      </>
    );
  const known = before.data;
  const initial: Draft = known
    ? {
        ...fresh(),
        patientId: known.patient.patient_id,
        name: known.patient.name,
        recordNumber: known.patient.record_number,
        region: known.region,
      }
    : (keptDraft() ?? fresh());
  return <EnrolForm initial={initial} fresh={fresh} keep={!known} />;
}

function EnrolForm(props: { initial: Draft; fresh: () => Draft; keep: boolean }) {
  const { api, navigate, announce, session } = useDesk();
  const { busy, error, run } = useAction();
  const remember = useCallback((draft: Draft) => keepDraft(draft), []);
  const form = useDraft(props.initial, "enrol", props.keep ? remember : undefined);

  const startOver = () => {
    const { patientId, name, recordNumber } = form.draft;
    const known = patientId ? { patientId, name, recordNumber, region: props.initial.region } : {};
    form.reset({ ...props.fresh(), ...known });
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    const draft = form.check();
    if (!draft) return;
    const made = await run(() =>
      api.enrol(enrolBody(draft)).catch((cause) => {
        if (cause?.fields?.length) form.showServerProblems(cause);
        throw cause;
      }),
    );
    if (!made) return;
    if (props.keep) keepDraft(null);
    announce("Enrolled. Now connect the patient's phone.");
    navigate(paths.phone(made.episode_id), true);
  };

  return (
    <form onSubmit={submit} noValidate class="enrol">
      <div class="screen-head">
        <h1 tabIndex={-1}>{form.draft.patientId ? "Another block" : "Enrol a patient"}</h1>
        <div class="head-action">
          {may(session.clinician.role, "import") && (
            <a class="quiet" href={paths.import}>
              Import from a file
            </a>
          )}
          <button type="button" class="quiet" onClick={startOver}>
            Start over
          </button>
        </div>
      </div>
      <div class="form-columns">
        <div>
          <PatientPart form={form} />
          <BlockPart form={form} statuses={STATUSES} />
          <BesidePart form={form} />
        </div>
        <div>
          <DrugPart form={form}>
            <ProtocolPart form={form} />
          </DrugPart>
          <BaselinePart form={form} />
          <CircumstancePart form={form} />
        </div>
      </div>
      <FormFoot
        problems={form.problems}
        error={error}
        busy={busy}
        action="Enrol and connect the phone"
      />
    </form>
  );
}
