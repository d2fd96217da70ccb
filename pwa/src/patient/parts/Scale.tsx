/** The 0-10 scale: eleven buttons, nothing preselected, no colour that steers. */
import { t } from "../../i18n/index.ts";

interface Props {
  id: string;
  question: string;
  hint: string;
  value: number | null;
  onChange: (value: number | null) => void;
  /** The one question a screen is about; other scales are smaller and can be cleared by a second tap. */
  main?: boolean;
  invalid?: boolean;
}

const SCORES = Array.from({ length: 11 }, (_, score) => score);

export function Scale({ id, question, hint, value, onChange, main = false, invalid = false }: Props) {
  const Heading = main ? "h1" : "h2";
  const choose = (score: number) => onChange(!main && value === score ? null : score);
  return (
    <section class={main ? "scale main" : "scale"}>
      <Heading id={`${id}-question`} class={main ? "question" : "subquestion"} tabIndex={main ? -1 : undefined}>{question}</Heading>
      <p id={`${id}-hint`} class="muted hint">{hint}</p>
      <div
        class="scores"
        role="radiogroup"
        id={id}
        aria-labelledby={`${id}-question`}
        aria-describedby={invalid ? `${id}-error` : `${id}-hint`}
        aria-invalid={invalid || undefined}
      >
        {SCORES.map((score) => (
          <label key={score} class="score">
            <input
              type="radio"
              name={id}
              value={score}
              checked={value === score}
              aria-label={t.pain.spoken(score)}
              onChange={() => onChange(score)}
              onClick={() => value === score && choose(score)}
            />
            <span aria-hidden="true">{score}</span>
          </label>
        ))}
      </div>
      <p class="anchors muted" aria-hidden="true">
        <span>{t.pain.low}</span>
        <span>{t.pain.high}</span>
      </p>
      {invalid && <p id={`${id}-error`} class="error" role="alert">{t.form.choose}</p>}
    </section>
  );
}
