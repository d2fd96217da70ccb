/** Who is told, in which order, when nobody acknowledges an alert in time. */
import { useAction, useDesk } from "../context";
import { CheckField, TextField } from "../parts/inputs";
import { Failure } from "../parts/notices";
import { PartFrame } from "./PartFrame";
import { contactsProblem, contactsText } from "./partText";
import type { Contact, Contacts, Part } from "./types";
import { usePart } from "./usePart";

export function ContactsPart({ part, onTested }: { part: Part<unknown>; onTested: () => void }) {
  const editor = usePart<Contacts>(part, "/settings/contacts");
  const { value, set } = editor;
  const { contacts } = value;
  const put = (at: number, contact: Contact) => set({ contacts: contacts.with(at, contact) });
  const move = (at: number, by: -1 | 1) => {
    const next = [...contacts];
    next.splice(at + by, 0, ...next.splice(at, 1));
    set({ contacts: next });
  };
  return (
    <PartFrame
      part="contacts"
      title="Escalation contacts"
      note="Told one after the other when nobody acknowledges: after 15 minutes for an emergency, after 60 for a same-day report, and again. Messages carry no name and no health data."
      editor={editor}
      problem={contactsProblem(value)}
      show={contactsText}
    >
      {contacts.length === 0 && <p class="caution">Nobody is told yet. Unanswered alerts stay in the queue alone.</p>}
      <ol class="contacts">
        {contacts.map((contact, at) => (
          <ContactRow
            key={contact.contact_id}
            contact={contact}
            at={at}
            last={at === contacts.length - 1}
            testable={!editor.dirty}
            onContact={(next) => put(at, next)}
            onMove={(by) => move(at, by)}
            onRemove={() => set({ contacts: contacts.filter((one) => one !== contact) })}
            onTested={onTested}
          />
        ))}
      </ol>
      <button type="button" class="quiet add" onClick={() => set({ contacts: [...contacts, newContact()] })}>
        Add a contact
      </button>
    </PartFrame>
  );
}

function newContact(): Contact {
  return { contact_id: crypto.randomUUID(), name: "", email: null, phone: null, levels: ["E", "S"] };
}

interface RowProps {
  contact: Contact;
  at: number;
  last: boolean;
  testable: boolean;
  onContact: (contact: Contact) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
  onTested: () => void;
}

function ContactRow({ contact, at, last, testable, onContact, onMove, onRemove, onTested }: RowProps) {
  const id = contact.contact_id;
  const who = contact.name || `Contact ${at + 1}`;
  const level = (code: "E" | "S") => (on: boolean) => {
    const levels = (["E", "S"] as const).filter((one) => (one === code ? on : contact.levels.includes(one)));
    onContact({ ...contact, levels });
  };
  return (
    <li class="contact" aria-label={who}>
      <div class="row">
        <TextField name={`name-${id}`} label="Name" value={contact.name} onValue={(name) => onContact({ ...contact, name })} maxLength={120} />
        <TextField name={`email-${id}`} label="E-mail" type="email" value={contact.email ?? ""} onValue={(email) => onContact({ ...contact, email: email.trim() || null })} />
        <TextField name={`phone-${id}`} label="Mobile phone" type="tel" width="medium" value={contact.phone ?? ""} onValue={(phone) => onContact({ ...contact, phone: phone.trim() || null })} />
      </div>
      <div class="contact-foot">
        <CheckField name={`E-${id}`} label="Emergency" checked={contact.levels.includes("E")} onValue={level("E")} />
        <CheckField name={`S-${id}`} label="Same day" checked={contact.levels.includes("S")} onValue={level("S")} />
        <span class="contact-actions">
          <button type="button" class="quiet" disabled={at === 0} onClick={() => onMove(-1)}>
            Earlier<span class="unseen"> for {who}</span>
          </button>
          <button type="button" class="quiet" disabled={last} onClick={() => onMove(1)}>
            Later<span class="unseen"> for {who}</span>
          </button>
          <TestButton id={id} who={who} disabled={!testable} onTested={onTested} />
          <button type="button" class="quiet" onClick={onRemove}>
            Remove<span class="unseen"> {who}</span>
          </button>
        </span>
      </div>
    </li>
  );
}

function TestButton(props: { id: string; who: string; disabled: boolean; onTested: () => void }) {
  const { api, announce } = useDesk();
  const { busy, error, run } = useAction();
  const test = async () => {
    if (!(await run(() => api.testContact(props.id)))) return;
    announce("The test message is on its way; its state is below.");
    props.onTested();
  };
  return (
    <>
      <button type="button" class="quiet" disabled={props.disabled || busy} onClick={test}>
        Send a test<span class="unseen"> to {props.who}</span>
      </button>
      <Failure error={error} />
    </>
  );
}
