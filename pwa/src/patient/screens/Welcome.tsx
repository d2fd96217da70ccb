/** A phone without a diary, and how it gets one. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { useServices } from "../context.ts";
import { connectedMark } from "../mark.ts";
import { Frame } from "../parts/Frame.tsx";
import { replace } from "../router.ts";
import { LanguageChoice } from "../parts/LanguageChoice.tsx";

export function Welcome({ signedOut, leaving }: { signedOut: boolean; leaving: boolean }) {
  const recovering = !leaving && connectedMark.isThere();
  return (
    <Frame model={null} path="/">
      <LanguageChoice />
      <h1 class="question">{t.welcome.title}</h1>
      {(signedOut || leaving) && <p class="notice" role="status">{t.welcome.signedOut}{leaving && ` ${t.welcome.leaving}`}</p>}
      {recovering ? <p class="notice warn" role="status">{t.welcome.recovering}</p> : <p>{t.welcome.text}</p>}
      {!recovering && <PasteLink />}
    </Frame>
  );
}

/** On an iPhone a link opens in the browser, never in the app on the home screen; there it is pasted. */
function PasteLink() {
  const { store, now } = useServices();
  const [wrong, setWrong] = useState(false);
  const [written, setWritten] = useState("");
  const take = async (event: Event) => {
    event.preventDefault();
    const [address = "", token = ""] = written.trim().split("#");
    if (token === "" || !address.endsWith("/enrol")) return setWrong(true);
    if (await store.keepEnrolment(token, now())) replace("/enrol");
    else setWrong(true);
  };
  return (
    <form class="stack" onSubmit={take} noValidate>
      <label class="field">
        <span>{t.welcome.paste}</span>
        <input type="url" autocomplete="off" value={written} aria-invalid={wrong} aria-describedby="paste-problem" onInput={(event) => setWritten(event.currentTarget.value)} />
      </label>
      <p id="paste-problem" class="error" role="alert">{wrong && t.welcome.pasteBad}</p>
      <button type="submit" class="secondary">{t.welcome.pasteGo}</button>
    </form>
  );
}
