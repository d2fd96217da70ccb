/** A phone without a diary, and how it gets one. */
import { later } from "../../i18n/later.ts";
import { connectedMark } from "../mark.ts";
import { Frame } from "../parts/Frame.tsx";
import { LanguageChoice } from "../parts/LanguageChoice.tsx";

export function Welcome({ signedOut, leaving }: { signedOut: boolean; leaving: boolean }) {
  const recovering = !leaving && connectedMark.isThere();
  return (
    <Frame model={null} path="/">
      <LanguageChoice />
      <h1 class="question">{later.welcome.title}</h1>
      {(signedOut || leaving) && <p class="notice" role="status">{later.welcome.signedOut}{leaving && ` ${later.welcome.leaving}`}</p>}
      {recovering ? <p class="notice warn" role="status">{later.welcome.recovering}</p> : <p>{later.welcome.text}</p>}
    </Frame>
  );
}
