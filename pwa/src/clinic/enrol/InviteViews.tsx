/** The two views of an invitation. The picture or link and the digits never stand on one view: either alone opens nothing. */
import { useEffect, useRef, useState } from "preact/hooks";
import { adoptSvg, parseSvg } from "../../charts/svg";
import type { Enrolment } from "../types";

export function InviteView(props: { invite: Enrolment; kind: "qr" | "link"; left: string; onShowCode: () => void }) {
  const { invite, kind, left } = props;
  return (
    <div class="card connect-card">
      {kind === "qr" ? <QrPicture svg={invite.qr_svg} /> : <LinkBox link={invite.link} />}
      <div class="connect-text">
        <p class="connect-lead">{kind === "qr" ? "Scan with the patient's phone" : "Send this link to the patient"}</p>
        <ol class="steps">
          {kind === "qr" ? (
            <li>The patient points the phone's camera at the picture and opens the link.</li>
          ) : (
            <li>Send it by your usual way. The link alone opens nothing.</li>
          )}
          <li>Show the code and read the six digits out{kind === "link" ? ", by phone or in person" : ""}.</li>
          <li>The patient types them. That connects the phone.</li>
        </ol>
        <button type="button" class="primary" onClick={props.onShowCode}>
          Show the code
        </button>
        <p class="valid" role="timer">
          Valid for <b>{left}</b>, for one phone
        </p>
      </div>
    </div>
  );
}

export function CodeView(props: { code: string; left: string; kind: "qr" | "link"; onBack: () => void }) {
  const digits = useRef<HTMLDivElement>(null);
  useEffect(() => digits.current?.focus(), []);
  const { code } = props;
  return (
    <div class="card connect-card connect-code">
      <p class="connect-lead">Read these six digits out</p>
      <div class="code" role="group" ref={digits} tabIndex={-1} aria-label={`Code ${[...code].join(" ")}`}>
        <span aria-hidden="true">{code.slice(0, 3)}</span>
        <span aria-hidden="true">{code.slice(3)}</span>
      </div>
      <p>Only by voice, never in a message. Five wrong tries end this invitation.</p>
      <p class="valid" role="timer">
        Valid for <b>{props.left}</b>. This page notices when the phone is connected.
      </p>
      <button type="button" class="quiet" onClick={props.onBack}>
        {props.kind === "qr" ? "Back to the QR" : "Back to the link"}
      </button>
    </div>
  );
}

/** Always dark on white with its quiet margin: a camera has no dark mode. */
function QrPicture({ svg }: { svg: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const picture = adoptSvg(parseSvg(svg));
    picture.setAttribute("focusable", "false");
    picture.setAttribute("aria-hidden", "true");
    host.current?.replaceChildren(picture);
  }, [svg]);
  return <div class="qr" ref={host} role="img" aria-label="QR picture for the patient's phone" />;
}

function LinkBox({ link }: { link: string }) {
  const [copied, setCopied] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // No clipboard permission: leave the link selected, ready for the keyboard.
      box.current?.select();
    }
  };
  return (
    <div class="link-box">
      <label for="invite-link">Link for this patient's phone</label>
      <input id="invite-link" ref={box} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      <button type="button" class="button" onClick={copy}>
        {copied ? "Copied" : "Copy the link"}
      </button>
    </div>
  );
}
