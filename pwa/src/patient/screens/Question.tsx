/** One question about a symptom. "Not sure" is an answer, and the table takes it as the unsafe one. */
import { useState } from "preact/hooks";
import { westernDigits } from "../../diary/digits.ts";
import { t } from "../../i18n/index.ts";
import { later, wordsFor } from "../../i18n/later.ts";
import type { Model } from "../model.ts";
import { Frame } from "../parts/Frame.tsx";
import { symptomWords } from "../symptoms.ts";

interface Props {
  model: Model | null;
  code: string;
  question: string;
  /** Answered by a number instead of yes or no. */
  number: boolean;
  /** Hours since T0. */
  hours: number | null;
  onAnswer: (answer: boolean | number | null) => void;
  onBack: () => void;
}

const COLDEST = 34;
const HOTTEST = 43;

export function Question(props: Props) {
  const { model, code, question, number, onAnswer, onBack } = props;
  const { asks } = later.questions;
  return (
    <Frame model={model} path={`/check/${question}`}>
      <p class="muted">{symptomWords(code, model?.episode.index_pain.site ?? null)}</p>
      <h1 class="question">{wordsFor(asks, `${question}:${code}`) ?? wordsFor(asks, question) ?? question}</h1>
      {question === "onset_hours" ? <Onset {...props} /> : number ? <Temperature {...props} /> : (
        <div class="stack">
          <button type="button" class="answer" onClick={() => onAnswer(true)}>{t.common.yes}</button>
          <button type="button" class="answer" onClick={() => onAnswer(false)}>{t.common.no}</button>
          <button type="button" class="answer" onClick={() => onAnswer(null)}>{t.common.notSure}</button>
        </div>
      )}
      <p><button type="button" class="link" onClick={onBack}>{t.common.back}</button></p>
    </Frame>
  );
}

/** When it began, as hours after T0. Each answer counts as its latest moment, because a later onset is the graver one. */
function Onset({ hours, onAnswer }: Props) {
  const ago = (past: number) => onAnswer(hours === null ? null : Math.max(0, hours - past));
  return (
    <div class="stack">
      <button type="button" class="answer" onClick={() => ago(0)}>{later.questions.onset.today}</button>
      <button type="button" class="answer" onClick={() => ago(24)}>{later.questions.onset.yesterday}</button>
      <button type="button" class="answer" onClick={() => ago(48)}>{later.questions.onset.before}</button>
      <button type="button" class="answer" onClick={() => onAnswer(null)}>{t.common.notSure}</button>
    </div>
  );
}

function Temperature({ onAnswer }: Props) {
  const [written, setWritten] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    const degrees = Number(westernDigits(written).replace(",", "."));
    if (written.trim() !== "" && degrees >= COLDEST && degrees <= HOTTEST) onAnswer(degrees);
    else setWrong(true);
  };
  return (
    <form class="stack" onSubmit={submit}>
      <label class="field">
        <span>{later.questions.celsius}</span>
        <input type="text" inputMode="decimal" maxLength={5} autocomplete="off" value={written} aria-invalid={wrong} onInput={(event) => setWritten(event.currentTarget.value)} />
      </label>
      {wrong && <p class="error" role="alert">{later.questions.badNumber}</p>}
      <button type="submit" class="primary">{later.questions.next}</button>
      <button type="button" class="answer" onClick={() => onAnswer(null)}>{t.common.notSure}</button>
    </form>
  );
}
