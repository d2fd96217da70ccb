/** Signing in, at the start or over a page whose session has ended. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ClinicApi } from "./api";
import { useAction } from "./context";
import { TextField } from "./parts/inputs";
import { Mark } from "./TopBar";
import type { Session } from "./types";
import { errorSentence } from "./words";

export function SignIn(props: { api: ClinicApi; again: boolean; onSignedIn: (session: Session) => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, error, run } = useAction();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = "Sign in · Afterblock";
    if (props.again) heading.current?.focus();
  }, [props.again]);

  const submit = async (event: Event) => {
    event.preventDefault();
    const session = await run(() => props.api.signIn(email.trim(), password));
    if (session) props.onSignedIn(session);
    else setPassword("");
  };

  return (
    <main class="alone">
      <div class="card sign-in">
        <p class="sign-in-brand">
          <Mark /> Afterblock
        </p>
        <h1 tabIndex={-1} ref={heading}>
          {props.again ? "Please sign in again" : "Clinic sign-in"}
        </h1>
        {props.again && (
          <p class="section-note">Your session has ended. Nothing you typed is lost: it is still open behind this page.</p>
        )}
        <form onSubmit={submit}>
          <TextField name="email" label="E-mail" type="email" autocomplete="username" value={email} onValue={setEmail} spellcheck={false} />
          <TextField
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            value={password}
            onValue={setPassword}
          />
          {error && (
            <p class="problem" role="alert">
              {errorSentence(error)}
            </p>
          )}
          <button type="submit" class="primary wide" disabled={busy || !email.trim() || !password}>
            {busy ? "Signing in…" : "Sign in"}
          </button>
        </form>
      </div>
    </main>
  );
}
