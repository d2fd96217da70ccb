/** The phones that write this diary, and taking one off. */
import { useState } from "preact/hooks";
import { may, useAction, useDesk, useNow } from "../context";
import { Failure } from "../parts/notices";
import { paths } from "../route";
import { ago, dateTime } from "../time";
import type { Device, EpisodeDetail } from "../types";

/** An ended push subscription stands with its phone. */
const UNREACHED_SENTENCES = {
  email: "The patient’s e-mail address takes no reminders. The app asks them to correct it.",
  sms: "The patient’s phone number takes no reminders. The app asks them to correct it.",
};

export function Phones({ episode, onChanged }: { episode: EpisodeDetail; onChanged: () => void }) {
  const { role } = useDesk().session.clinician;
  return (
    <section class="card phones" aria-labelledby="phones-title">
      <div class="card-head">
        <h2 id="phones-title">Phones</h2>
        {may(role, "enrol") && (
          <a class="quiet" href={paths.phone(episode.episode_id)}>
            Connect a phone
          </a>
        )}
      </div>
      {episode.devices.length === 0 && (
        <p class="hint">{episode.device === "invited" ? "Invited; no phone has joined yet." : "No phone yet."}</p>
      )}
      {episode.unreached?.map((channel) => channel !== "push" && (
        <p key={channel} class="caution">
          {UNREACHED_SENTENCES[channel]}
        </p>
      ))}
      <ul class="plain-list">
        {episode.devices.map((device) => (
          <Phone key={device.device_id} device={device} zone={episode.zone} mayRevoke={may(role, "devices")} onChanged={onChanged} />
        ))}
      </ul>
    </section>
  );
}

function Phone(props: { device: Device; zone: string; mayRevoke: boolean; onChanged: () => void }) {
  const { device, zone } = props;
  const now = useNow(60);
  const [asking, setAsking] = useState(false);
  return (
    <li class={device.revoked_at ? "is-revoked" : undefined}>
      <div class="phone-line">
        <div>
          <b>{device.name}</b>
          <span class="second">
            {device.revoked_at
              ? `taken off ${dateTime(device.revoked_at, zone)}`
              : device.last_seen_at
                ? `last seen ${ago(device.last_seen_at, now, zone)}`
                : `enrolled ${ago(device.enrolled_at, now, zone)}`}
          </span>
          {!device.revoked_at && device.push === "dead" && <span class="second">Notifications no longer reach this phone.</span>}
        </div>
        {props.mayRevoke && !device.revoked_at && !asking && (
          <button type="button" class="quiet" onClick={() => setAsking(true)}>
            Take off<span class="unseen"> {device.name}</span>
          </button>
        )}
      </div>
      {asking && <AskReason device={device} onChanged={props.onChanged} onCancel={() => setAsking(false)} />}
    </li>
  );
}

/** The reason decides what the phone does with what it has not sent yet. */
function AskReason(props: { device: Device; onChanged: () => void; onCancel: () => void }) {
  const { api, announce } = useDesk();
  const { busy, error, run } = useAction();
  const revoke = async (reason: "lost" | "replaced") => {
    const done = await run(() => api.revokeDevice(props.device.device_id, reason).then(() => true));
    if (!done) return;
    announce(`${props.device.name} was taken off.`);
    props.onCancel();
    props.onChanged();
  };
  return (
    <div class="ask" role="group" aria-label={`Take off ${props.device.name}`}>
      <p>Why? A lost phone erases its diary when it next connects. A replaced one may first send what it still holds.</p>
      <div class="form-actions">
        <button type="button" class="button danger" disabled={busy} onClick={() => revoke("lost")}>
          Lost
        </button>
        <button type="button" class="button" disabled={busy} onClick={() => revoke("replaced")}>
          Replaced
        </button>
        <button type="button" class="quiet" onClick={props.onCancel}>
          Cancel
        </button>
      </div>
      <Failure error={error} />
    </div>
  );
}
