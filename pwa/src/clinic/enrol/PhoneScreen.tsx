/** Connecting a phone: the picture to scan, then, on another view, the six digits to read out. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAction, useDesk, useNow, useResource, useWhileVisible } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { paths } from "../route";
import { countdown, dateTime } from "../time";
import type { Device, Enrolment, EpisodeDetail, OpenInvitation } from "../types";
import { root } from "../words";
import { CodeView, InviteView } from "./InviteViews";

/** How often to look for the phone while the patient is typing the digits. */
const LOOK_SECONDS = 4;

export function PhoneScreen({ id }: { id: string }) {
  const { api } = useDesk();
  const episode = useResource(id, (signal) => api.episode(id, signal));
  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Connect a phone</h1>
        {episode.data && (
          <p class="head-note">
            {episode.data.patient.name} · {root(episode.data)}
          </p>
        )}
      </div>
      <Failure error={episode.error} onRetry={episode.reload} />
      {episode.data ? (
        <Connect episode={episode.data} onLook={episode.reload} />
      ) : (
        !episode.error && <Waiting label="Loading…" />
      )}
    </>
  );
}

/** Phones that were not there when the invitation was made. */
function newDevice(episode: EpisodeDetail, known: ReadonlySet<string>): Device | null {
  return episode.devices.find((device) => !device.revoked_at && !known.has(device.device_id)) ?? null;
}

/** `onDone` leads back to where one came from; without it, to the episode. */
export function Connect({ episode, onLook, onDone }: { episode: EpisodeDetail; onLook: () => void; onDone?: () => void }) {
  const { api, announce } = useDesk();
  const [known] = useState(() => new Set(episode.devices.map((device) => device.device_id)));
  // Looking at this page must not end an invitation that is on its way to the patient.
  const [waiting, setWaiting] = useState(episode.invitation);
  const [kind, setKind] = useState<"qr" | "link">("qr");
  const [invite, setInvite] = useState<Enrolment | null>(null);
  const [codeShown, setCodeShown] = useState(false);
  const { busy, error, run } = useAction();
  const now = useNow(1);
  const left = invite ? countdown(invite.expires_at, now.getTime()) : null;
  const stillOpen = waiting && countdown(waiting.expires_at, now.getTime()) ? waiting : null;
  const phone = newDevice(episode, known);

  const issue = async (next: "qr" | "link") => {
    setKind(next);
    setCodeShown(false);
    setWaiting(null);
    // The one before is dead from here on; showing it for another moment would hand it out.
    setInvite(null);
    const made = await run(() => api.issueEnrolment(episode.episode_id, next));
    setInvite(made ?? null);
  };
  useEffect(() => {
    if (!stillOpen) void issue("qr");
  }, []);
  // The patient can only join once the digits were read out; before that, looking is needless.
  useWhileVisible(((codeShown && left) || stillOpen) && !phone ? LOOK_SECONDS : 0, onLook);
  useEffect(() => {
    if (phone) announce(`Connected: ${phone.name}.`);
  }, [phone?.device_id]);

  const way = <WayOut episodeId={episode.episode_id} {...(onDone ? { onDone } : {})} />;

  if (phone) return <Connected phone={phone} way={way} />;
  if (stillOpen) return <StillOpen invitation={stillOpen} episode={episode} onNew={() => issue(stillOpen.kind)} way={way} />;
  return (
    <div class="connect">
      <Failure error={error} onRetry={() => issue(kind)} />
      {invite && left && codeShown && (
        <CodeView code={invite.code} left={left} kind={kind} onBack={() => setCodeShown(false)} />
      )}
      {invite && left && !codeShown && (
        <InviteView invite={invite} kind={kind} left={left} onShowCode={() => setCodeShown(true)} />
      )}
      {invite && !left && (
        <div class="card connect-card" role="alert">
          <p class="connect-lead">This invitation has expired.</p>
          <p>Nothing was connected. Make a new one when the patient is ready.</p>
        </div>
      )}
      {!invite && busy && <Waiting label="Making the invitation…" />}
      <div class="connect-actions">
        <button type="button" class="quiet" disabled={busy} onClick={() => issue(kind)}>
          New code
        </button>
        <button type="button" class="quiet" disabled={busy} onClick={() => issue(kind === "qr" ? "link" : "qr")}>
          {kind === "qr" ? "Link instead" : "QR instead"}
        </button>
        {way}
      </div>
    </div>
  );
}

function WayOut({ episodeId, onDone }: { episodeId: string; onDone?: () => void }) {
  if (onDone)
    return (
      <button type="button" class="quiet" onClick={onDone}>
        Back to the recovery room
      </button>
    );
  return (
    <a class="button quiet" href={paths.episode(episodeId)}>
      To the episode
    </a>
  );
}

/** Made before; its link and its code were shown once and are not kept readable anywhere. */
function StillOpen(props: { invitation: OpenInvitation; episode: EpisodeDetail; onNew: () => void; way: ComponentChildren }) {
  const { invitation, episode } = props;
  return (
    <div class="card connect-card">
      <p class="connect-lead">
        {invitation.kind === "qr" ? "A QR picture is open" : "A link is open"} until {dateTime(invitation.expires_at, episode.zone)}
      </p>
      <p>The patient can still join with it. This page notices when the phone is connected.</p>
      <div class="form-actions">
        <button type="button" class="button" onClick={props.onNew}>
          Make a new one (the old one stops working)
        </button>
        {props.way}
      </div>
    </div>
  );
}

function Connected({ phone, way }: { phone: Device; way: ComponentChildren }) {
  return (
    <div class="card connect-card">
      <p class="connect-lead">
        <span class="tick" aria-hidden="true">
          ✓
        </span>{" "}
        Connected: {phone.name}
      </p>
      <p>The diary is on the patient's phone and works without a network from now on.</p>
      <p>
        {way}
      </p>
    </div>
  );
}
