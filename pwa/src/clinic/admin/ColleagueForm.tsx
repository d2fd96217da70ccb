/** A new person, or another name or role of one who is here. */
import { useState } from "preact/hooks";
import { useAction, useDesk } from "../context";
import { ChoiceField, TextField } from "../parts/inputs";
import { Failure } from "../parts/notices";
import { Sheet } from "../parts/Sheet";
import type { Role } from "../types";
import { fieldSentence } from "../words";
import { addColleague, changeColleague } from "./calls";
import type { Colleague, OneTime } from "./types";

const ROLES = [
  { value: "physician", label: "Physician" },
  { value: "nurse", label: "Nurse" },
  { value: "admin", label: "Administrator" },
  { value: "auditor", label: "Auditor" },
];
const MEANING: Readonly<Record<Role, string>> = {
  physician: "Sees and enters everything about patients, signs readings, accepts the safety texts.",
  nurse: "Enters patients and scores, looks after alerts and phones.",
  admin: "Keeps the clinic's settings and people; enters patients and hands out phones.",
  auditor: "Reads everything, the audit trail too, and changes nothing.",
};

export function ColleagueForm(props: {
  before: Colleague | null;
  onDone: (name: string, oneTime: OneTime | null) => void;
  onClose: () => void;
}) {
  const { api, announce } = useDesk();
  const { before } = props;
  const [name, setName] = useState(before?.name ?? "");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role | "">(before?.role ?? "");
  const [tried, setTried] = useState(false);
  const { busy, error, run } = useAction();
  const problems = {
    name: name.trim() ? undefined : "Enter the name.",
    email: before || /^\S+@\S+\.\S+$/.test(email.trim()) ? undefined : "Enter an e-mail address.",
    role: role ? undefined : "Choose the role.",
  };
  const told = (field: "name" | "email" | "role") => {
    const refused = error?.fields.find((one) => one.pointer.endsWith(`/${field}`));
    return refused ? fieldSentence(refused) : tried ? problems[field] : undefined;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (!role || Object.values(problems).some(Boolean)) return;
    const saved = await run<{ oneTime: OneTime | null }>(async () => {
      if (!before) return { oneTime: await addColleague(api, { name: name.trim(), email: email.trim(), role }) };
      await changeColleague(api, before.clinician_id, { name: name.trim(), role });
      return { oneTime: null };
    });
    if (!saved) return;
    announce("Saved.");
    props.onDone(name.trim(), saved.oneTime);
  };
  return (
    <Sheet title={before ? `Edit ${before.name}` : "Add a person"} onClose={props.onClose}>
      <form class="sheet-form" onSubmit={submit} noValidate>
        <TextField name="colleague-name" label="Name" maxLength={200} value={name} onValue={setName} problem={told("name")} />
        {!before && <TextField name="colleague-email" label="E-mail" type="email" hint="They sign in with it. Nothing is sent to it now." value={email} onValue={setEmail} problem={told("email")} spellcheck={false} />}
        <ChoiceField name="colleague-role" label="Role" value={role} options={ROLES} onValue={(next) => setRole(next as Role)} hint={role ? MEANING[role] : undefined} problem={told("role")} />
        {!error?.fields.length && <Failure error={error} />}
        <div class="form-actions">
          <button type="submit" class="primary" disabled={busy}>
            {busy ? "Saving…" : before ? "Save" : "Add and make a one-time password"}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
