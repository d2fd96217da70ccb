/** A phone without a diary, and how it gets one. */
import { t } from "../../i18n/index.ts";
import { Frame } from "../parts/Frame.tsx";

export function Welcome({ signedOut }: { signedOut: boolean }) {
  return (
    <Frame model={null} path="/">
      <h1 class="question">{t.welcome.title}</h1>
      {signedOut && <p class="notice" role="status">{t.welcome.signedOut}</p>}
      <p>{t.welcome.text}</p>
      <p class="muted">{t.welcome.help}</p>
    </Frame>
  );
}
