/** Patients' phones and channels: who is connected, how they are reminded, and what can be ended. */
import { useState } from "preact/hooks";
import { useAction, useDesk, useResource } from "../context";
import { TextField } from "../parts/inputs";
import { Empty, Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { ago, clock, wallAt } from "../time";
import type { Device } from "../types";
import { CHANNELS, LANGUAGES, wordsFor } from "../words";
import { AdminNav } from "./AdminNav";
import { endInvitation, phonePage } from "./calls";
import type { ReachedPatient } from "./types";

const PAGE = 50;

export function PhonesScreen() {
  const { api } = useDesk();
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useState("");
  const [offset, setOffset] = useState(0);
  const page = useResource(`phones ${search} ${offset}`, (signal) => phonePage(api, search, offset, signal));
  return (
    <>
      <AdminNav here="phones" />
      <div class="screen-head">
        <h1 tabIndex={-1}>Phones and channels</h1>
        {page.data && <p class="head-note">{page.data.total === 1 ? "1 patient" : `${page.data.total} patients`}</p>}
      </div>
      <form
        class="phone-search"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setOffset(0);
          setSearch(typed.trim());
        }}
      >
        <TextField name="phone-search" label="Name or record number" value={typed} onValue={setTyped} maxLength={100} />
        <button type="submit" class="beside-field">
          Find
        </button>
      </form>
      <Failure error={page.error} onRetry={page.reload} />
      {page.data ? (
        page.data.patients.length ? (
          <PhoneTable patients={page.data.patients} onChanged={page.reload} />
        ) : (
          <Empty title="No patient fits this search." />
        )
      ) : (
        !page.error && <Waiting label="Loading…" />
      )}
      {page.data && page.data.total > PAGE && (
        <nav class="pages" aria-label="Pages">
          <button type="button" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
            Before
          </button>
          <button type="button" disabled={offset + PAGE >= page.data.total} onClick={() => setOffset(offset + PAGE)}>
            Next
          </button>
        </nav>
      )}
    </>
  );
}

function PhoneTable({ patients, onChanged }: { patients: ReachedPatient[]; onChanged: () => void }) {
  return (
    <table class="worklist admin-table" aria-label="Phones and channels">
      <thead>
        <tr>
          <th scope="col">Patient</th>
          <th scope="col">Reads</th>
          <th scope="col">Reminded by</th>
          <th scope="col">Phones and invitations</th>
        </tr>
      </thead>
      <tbody>
        {patients.map((one) => (
          <tr key={one.patient.patient_id}>
            <th scope="row">
              {one.episode_id ? <a href={paths.episode(one.episode_id)}>{one.patient.name}</a> : one.patient.name}
              <span class="second muted">{one.patient.record_number}</span>
            </th>
            <td>{one.language ? wordsFor(LANGUAGES, one.language) : "–"}</td>
            <td>{channelText(one)}</td>
            <td>
              <ul class="plain-list phone-lines">
                {one.devices.map((device) => (
                  <PhoneLine key={device.device_id} device={device} owner={one.patient.name} onChanged={onChanged} />
                ))}
                {one.invitations.map((invitation) => (
                  <InvitationLine key={invitation.enrolment_id} invitation={invitation} owner={one.patient.name} onChanged={onChanged} />
                ))}
                {one.episode_id && (
                  <li>
                    <a href={paths.phone(one.episode_id)} aria-label={`Invite a phone of ${one.patient.name}`}>
                      Invite a phone
                    </a>
                  </li>
                )}
              </ul>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function channelText(one: ReachedPatient): string {
  if (!one.channels.length) return "nothing chosen";
  return one.channels.map((channel) => wordsFor(CHANNELS, channel) + (one.refused.includes(channel) ? " (refused)" : "")).join(", ");
}

function PhoneLine({ device, owner, onChanged }: { device: Device; owner: string; onChanged: () => void }) {
  const { api, session, announce } = useDesk();
  const { busy, error, run } = useAction();
  const [asking, setAsking] = useState(false);
  const zone = session.clinic.zone;
  const seen = device.last_seen_at ? `seen ${ago(device.last_seen_at, new Date(), zone)}` : "not seen yet";
  const revoke = async (reason: "lost" | "replaced") => {
    const done = await run(async () => {
      await api.revokeDevice(device.device_id, reason);
      return true;
    });
    if (!done) return;
    announce("Disconnected.");
    onChanged();
  };
  if (device.revoked_at)
    return (
      <li class="muted">
        {device.name}, disconnected {ago(device.revoked_at, new Date(), zone)}
      </li>
    );
  return (
    <li>
      <b>{device.name}</b> {seen}
      {device.push === "dead" && ", notifications refused"}{" "}
      {asking ? (
        <span class="row-actions" role="group" aria-label={`Disconnect ${device.name} of ${owner}`}>
          <button type="button" class="quiet quiet-danger" disabled={busy} onClick={() => revoke("lost")}>
            Lost: wipe it
          </button>
          <button type="button" class="quiet" disabled={busy} onClick={() => revoke("replaced")}>
            Replaced: keep its entries
          </button>
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            Cancel
          </button>
        </span>
      ) : (
        <span class="row-actions">
          <button type="button" class="quiet" onClick={() => setAsking(true)} aria-label={`Disconnect ${device.name} of ${owner}`}>
            Disconnect
          </button>
        </span>
      )}
      <Failure error={error} />
    </li>
  );
}

function InvitationLine(props: { invitation: ReachedPatient["invitations"][number]; owner: string; onChanged: () => void }) {
  const { api, session, announce } = useDesk();
  const { busy, error, run } = useAction();
  const { invitation, owner } = props;
  const end = async () => {
    const done = await run(async () => {
      await endInvitation(api, invitation.enrolment_id);
      return true;
    });
    if (!done) return;
    announce("The invitation opens nothing any more.");
    props.onChanged();
  };
  return (
    <li>
      {invitation.kind === "qr" ? "QR picture" : "Link"} open until {clock(wallAt(invitation.expires_at, session.clinic.zone))}{" "}
      <span class="row-actions">
        <button type="button" class="quiet" disabled={busy} onClick={end} aria-label={`End it: the invitation of ${owner}`}>
          End it
        </button>
      </span>
      <Failure error={error} />
    </li>
  );
}
