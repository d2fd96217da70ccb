/** A phone without a diary, and how it gets one. */
import { later } from "../../i18n/later.ts";
import { Frame } from "../parts/Frame.tsx";

export function Welcome({ signedOut }: { signedOut: boolean }) {
  return (
    <Frame model={null} path="/">
      <h1 class="question">{later.welcome.title}</h1>
      {signedOut && <p class="notice" role="status">{later.welcome.signedOut}</p>}
      <p>{later.welcome.text}</p>
      <p class="muted">{later.welcome.help}</p>
    </Frame>
  );
}
