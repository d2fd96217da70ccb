/** How to put the app on the home screen of an iPhone, by picture, and how to get out of another app's window. */
import { useState } from "preact/hooks";
import { later } from "../../i18n/later.ts";
import type { Way } from "../install.ts";

/** Share: a box with an arrow out of it. Add: a box with a plus. Open: the app's own icon among others. */
const PICTURES = ["M9 9H6v11h12V9h-3M12 14V3M8.5 6.5 12 3l3.5 3.5", "M4 4h16v16H4zM12 8v8M8 12h8", "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z"];

export function IphoneSteps() {
  return (
    <ol class="steps">
      {later.install.steps.map((words, at) => (
        <li key={words}>
          <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d={PICTURES[at]} /></svg>
          <span>{words}</span>
        </li>
      ))}
    </ol>
  );
}

/** `link`: what to copy; the page's own address where there is no open invitation. */
export function CopyLink({ link }: { link: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(link).then(() => setCopied(true), () => undefined);
  };
  return <button type="button" class="secondary" onClick={copy} aria-live="polite">{copied ? later.install.copied : later.install.copy}</button>;
}

export function Elsewhere({ link }: { link: string }) {
  return (
    <section class="card">
      <h2>{later.install.elsewhere}</h2>
      <p>{later.install.elsewhereText}</p>
      <CopyLink link={link} />
    </section>
  );
}

/** Before a phone is connected: in the browser rather than here, or first on the home screen. */
export function Place({ link, way }: { link: string; way: Way | null }) {
  if (way === "elsewhere") return <Elsewhere link={link} />;
  return (
    <details class="card">
      <summary>{later.install.first}</summary>
      <p>{later.install.iphone}</p>
      <CopyLink link={link} />
      <IphoneSteps />
    </details>
  );
}
