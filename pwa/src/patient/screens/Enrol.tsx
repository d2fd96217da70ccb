/** Connecting a phone with link and code. The page does nothing by itself: the patient types the code and taps. */
import { versions } from "virtual:safety-versions";
import { useRef, useState } from "preact/hooks";
import { westernDigits } from "../../diary/digits.ts";
import { language, t } from "../../i18n/index.ts";
import { wordsFor } from "../../i18n/later.ts";
import type { Enrolled, Joining } from "../../sync/account.ts";
import { usePart, useServices } from "../context.ts";
import type { Way } from "../install.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { LanguageChoice } from "../parts/LanguageChoice.tsx";
import { replace } from "../router.ts";

const HERE = "/enrol";
const DIGITS = 6;
const FLUSH_MS = 8_000;
/** After these the link is of no more use. */
const FINAL = new Set(["enrolment-unknown", "enrolment-dead", "enrolment-expired", "enrolment-used"]);

export function Enrol({ model, token }: { model: Model | null; token: string }) {
  const { store, uploader, installing, load } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);

  const connect = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (code.length !== DIGITS) {
      setProblem(t.enrol.shortCode);
      return input.current?.focus();
    }
    setBusy(true);
    setProblem(null);
    // The old connection may be another patient's: what waits goes out while it still holds.
    if (model) await Promise.race([uploader.kick(true), new Promise((resume) => setTimeout(resume, FLUSH_MS))]);
    // The diary's own part as well: nobody is to be connected and then wait for a screen.
    const result = await Promise.all([load("next"), load("own")])
      .then(([part]) => part.enrol(store, fetch.bind(globalThis), token, code, joining(part.deviceName(navigator.userAgent))))
      .catch((): Enrolled => ({ kind: "unreachable" }));
    setBusy(false);
    if (result.kind === "enrolled") {
      void store.askToPersist();
      void uploader.kick();
      // Whoever has looked at something else meanwhile stays there.
      return void (location.pathname === HERE && replace("/today"));
    }
    setProblem(words(result));
    setOver(result.kind === "refused" && FINAL.has(result.code));
    input.current?.select();
  };
  return (
    <Frame model={model} path={HERE}>
      <LanguageChoice />
      <Place link={`${location.origin}${HERE}#${token}`} way={installing.way} />
      <form class="enrol" onSubmit={connect} noValidate>
        <h1 class="question">{t.enrol.title}</h1>
        <p>{t.enrol.intro}</p>
        {model && <p class="notice warn">{t.enrol.again}</p>}
        <label class="field code">
          <span>{t.enrol.code}</span>
          <input
            ref={input}
            type="text"
            inputMode="numeric"
            autocomplete="one-time-code"
            maxLength={12}
            value={code}
            aria-invalid={problem !== null}
            aria-describedby="enrol-problem"
            onInput={(event) => setCode(westernDigits(event.currentTarget.value).replace(/\D/g, "").slice(0, DIGITS))}
          />
        </label>
        <p id="enrol-problem" class="error" role="alert">{problem}</p>
        {over ? (
          <button type="button" class="secondary" onClick={() => { void store.dropEnrolment(); replace("/today"); }}>{t.common.close}</button>
        ) : (
          <button type="submit" class="primary" aria-busy={busy}>{busy ? t.enrol.connecting : t.enrol.connect}</button>
        )}
        <p class="muted small">{t.enrol.inert}</p>
      </form>
    </Frame>
  );
}

/** Where a diary lasts: in the browser rather than another app's window, on an iPhone in the app on the home screen. */
function Place({ link, way }: { link: string; way: Way | null }) {
  const wanted = way === "elsewhere" || way === "share";
  const { part } = usePart(wanted ? "phone" : null);
  return part && <part.Place link={link} way={way} />;
}

function joining(device_name: string): Joining {
  return { device_name, language, texts_version: versions[language] ?? null };
}

function words(result: Exclude<Enrolled, { kind: "enrolled" }>): string {
  if (result.kind === "unreachable") return t.enrol.unreachable;
  const text = wordsFor(t.enrol.problems, result.code) ?? t.enrol.otherProblem;
  return result.attemptsLeft === null ? text : `${text} ${t.enrol.attempts(result.attemptsLeft)}`;
}
