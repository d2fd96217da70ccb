/** Connecting a phone with link and code. The page does nothing by itself: the patient types the code and taps. */
import { useRef, useState } from "preact/hooks";
import { westernDigits } from "../../diary/digits.ts";
import { t } from "../../i18n/index.ts";
import { later, wordsFor } from "../../i18n/later.ts";
import { askToPersist } from "../../store/persistence.ts";
import { deviceName, enrol, type Enrolled } from "../../sync/account.ts";
import { useServices } from "../context.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { LanguageChoice } from "../parts/LanguageChoice.tsx";
import { replace } from "../router.ts";

const DIGITS = 6;
/** After these the link is of no more use. */
const FINAL = new Set(["enrolment-unknown", "enrolment-dead", "enrolment-expired", "enrolment-used"]);

export function Enrol({ model, token }: { model: Model | null; token: string }) {
  const { store, uploader } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);

  const connect = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (code.length !== DIGITS) {
      setProblem(later.enrol.shortCode);
      return input.current?.focus();
    }
    setBusy(true);
    setProblem(null);
    const result = await enrol(store, fetch.bind(globalThis), token, code, deviceName(navigator.userAgent)).catch((): Enrolled => ({ kind: "unreachable" }));
    setBusy(false);
    if (result.kind === "enrolled") {
      void askToPersist();
      void uploader.kick();
      return replace("/today");
    }
    setProblem(words(result));
    setOver(result.kind === "refused" && FINAL.has(result.code));
    input.current?.select();
  };
  return (
    <Frame model={model} path="/enrol">
      <LanguageChoice />
      <form class="enrol" onSubmit={connect} noValidate>
        <h1 class="question">{later.enrol.title}</h1>
        <p>{later.enrol.intro}</p>
        {model && <p class="notice warn">{later.enrol.again}</p>}
        <label class="field code">
          <span>{later.enrol.code}</span>
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
          <button type="submit" class="primary" aria-busy={busy}>{busy ? later.enrol.connecting : later.enrol.connect}</button>
        )}
        <p class="muted small">{later.enrol.inert}</p>
      </form>
    </Frame>
  );
}

function words(result: Exclude<Enrolled, { kind: "enrolled" }>): string {
  if (result.kind === "unreachable") return later.enrol.unreachable;
  const text = wordsFor(later.enrol.problems, result.code) ?? later.enrol.otherProblem;
  return result.attemptsLeft === null ? text : `${text} ${later.enrol.attempts(result.attemptsLeft)}`;
}
