/** Who works here: may sign in as what, and since when somebody no longer may. */
import { useState } from "preact/hooks";
import { useAction, useDesk, useResource } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { ago, dateTime, shortDate, wallAt } from "../time";
import { ROLES, wordsFor } from "../words";
import { AdminNav } from "./AdminNav";
import { everybody, resetSignIn, setActive } from "./calls";
import { ColleagueForm } from "./ColleagueForm";
import { OneTimeSheet } from "./OneTimeSheet";
import type { Colleague, OneTime } from "./types";

export function StaffScreen() {
  const { api, session } = useDesk();
  const staff = useResource("staff", (signal) => everybody(api, signal));
  const [form, setForm] = useState<Colleague | "new" | null>(null);
  const [given, setGiven] = useState<{ name: string; oneTime: OneTime } | null>(null);
  const mayChange = session.clinician.role === "admin";
  const done = (name: string, oneTime: OneTime | null) => {
    setForm(null);
    if (oneTime) setGiven({ name, oneTime });
    staff.reload();
  };
  return (
    <>
      <AdminNav here="staff" />
      <div class="screen-head">
        <h1 tabIndex={-1}>People</h1>
        {mayChange && (
          <button type="button" class="primary head-action" onClick={() => setForm("new")}>
            Add a person
          </button>
        )}
      </div>
      <Failure error={staff.error} onRetry={staff.reload} />
      {staff.data ? (
        <table class="worklist admin-table" aria-label="People">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">E-mail</th>
              <th scope="col">Last seen</th>
              <th scope="col">Sign-in</th>
              {mayChange && <th scope="col">Change</th>}
            </tr>
          </thead>
          <tbody>
            {staff.data.map((one) => (
              <Row key={one.clinician_id} one={one} mayChange={mayChange} onEdit={() => setForm(one)} onGiven={(oneTime) => done(one.name, oneTime)} onChanged={staff.reload} />
            ))}
          </tbody>
        </table>
      ) : (
        !staff.error && <Waiting label="Loading…" />
      )}
      {form && <ColleagueForm before={form === "new" ? null : form} onDone={done} onClose={() => setForm(null)} />}
      {given && <OneTimeSheet {...given} onClose={() => setGiven(null)} />}
    </>
  );
}

function Row(props: { one: Colleague; mayChange: boolean; onEdit: () => void; onGiven: (oneTime: OneTime) => void; onChanged: () => void }) {
  const { api, session, announce } = useDesk();
  const { one } = props;
  const { busy, error, run } = useAction();
  const zone = session.clinic.zone;
  const gone = one.disabled_at !== null;
  const reset = async () => {
    const oneTime = await run(() => resetSignIn(api, one.clinician_id));
    if (oneTime) props.onGiven(oneTime);
  };
  const switchTo = async (active: boolean) => {
    const next = await run(() => setActive(api, one.clinician_id, active));
    if (!next) return;
    announce(active ? `${one.name} may sign in again.` : `${one.name} is signed out everywhere.`);
    props.onChanged();
  };
  return (
    <>
      <tr class={gone ? "is-gone" : ""}>
        <th scope="row">
          <b>{one.name}</b>
          {one.clinician_id === session.clinician.clinician_id && <span class="fold-note"> you</span>}
        </th>
        <td>{wordsFor(ROLES, one.role)}</td>
        <td>{one.email}</td>
        <td class="nowrap">{one.last_seen_at ? ago(one.last_seen_at, new Date(), zone) : "signed out"}</td>
        <td>{signInText(one, zone)}</td>
        {props.mayChange && (
          <td class="row-actions">
            <button type="button" class="quiet" disabled={busy} onClick={props.onEdit} aria-label={`Edit ${one.name}`}>
              Edit
            </button>
            {gone ? (
              <button type="button" class="quiet" disabled={busy} onClick={() => switchTo(true)} aria-label={`Let in again: ${one.name}`}>
                Let in again
              </button>
            ) : (
              <>
                <button type="button" class="quiet" disabled={busy} onClick={reset} aria-label={`Reset sign-in of ${one.name}`}>
                  Reset sign-in
                </button>
                <button type="button" class="quiet quiet-danger" disabled={busy} onClick={() => switchTo(false)} aria-label={`Deactivate ${one.name}`}>
                  Deactivate
                </button>
              </>
            )}
          </td>
        )}
      </tr>
      {error && (
        <tr>
          <td colSpan={6}>
            <Failure error={error} />
          </td>
        </tr>
      )}
    </>
  );
}

function signInText(one: Colleague, zone: string): string {
  if (one.disabled_at) return `not since ${shortDate(wallAt(one.disabled_at, zone))}`;
  if (!one.one_time_until) return "own password";
  const over = Date.parse(one.one_time_until) < Date.now();
  return over ? "one-time password has run out" : `one-time password, until ${dateTime(one.one_time_until, zone)}`;
}
