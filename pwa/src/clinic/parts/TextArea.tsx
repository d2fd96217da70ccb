/** A labelled text of several lines. */
import { type FieldProps, idOf, Notes } from "./inputs";

interface TextAreaProps extends FieldProps {
  value: string;
  rows: number;
  maxLength: number;
  onValue: (value: string) => void;
  lang?: string;
}

export function TextArea(props: TextAreaProps) {
  const { name, label, optional, hint, problem, value, rows, maxLength, onValue, lang } = props;
  const notes = [hint && `${idOf(name)}-hint`, problem && `${idOf(name)}-problem`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={idOf(name)}>
        {label}
        {optional && <span class="optional"> optional</span>}
      </label>
      <textarea
        id={idOf(name)}
        rows={rows}
        maxLength={maxLength}
        value={value}
        lang={lang}
        dir="auto"
        aria-invalid={problem ? true : undefined}
        aria-describedby={notes || undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <Notes name={name} label={label} hint={hint} problem={problem} />
    </div>
  );
}
