/** Labelled controls with their hint and their problem beside them. */
import type { ComponentChildren } from "preact";

export interface FieldProps {
  name: string;
  label: string;
  problem?: string | undefined;
  hint?: string | undefined;
  optional?: boolean;
}

export const idOf = (name: string) => `field-${name}`;

function describedBy({ name, hint, problem }: FieldProps): string | undefined {
  const ids = [hint && `${idOf(name)}-hint`, problem && `${idOf(name)}-problem`].filter(Boolean);
  return ids.length ? ids.join(" ") : undefined;
}

export function Notes({ name, hint, problem }: FieldProps) {
  return (
    <>
      {hint && (
        <p class="hint" id={`${idOf(name)}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="problem" id={`${idOf(name)}-problem`}>
          {problem}
        </p>
      )}
    </>
  );
}

function LabelText({ label, optional }: FieldProps) {
  return (
    <>
      {label}
      {optional && <span class="optional"> optional</span>}
    </>
  );
}

export type Width = "tiny" | "small" | "medium" | "time" | "whole";

interface TextFieldProps extends FieldProps {
  value: string;
  onValue: (value: string) => void;
  unit?: string;
  width?: Width;
  type?: "text" | "email" | "password" | "tel" | "date" | "time";
  inputMode?: "decimal" | "numeric";
  autocomplete?: string;
  /** The id of a datalist with suggestions. */
  suggestions?: string;
  maxLength?: number;
  spellcheck?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { name, problem, value, onValue, unit, width } = props;
  return (
    <div class={`field ${width ? `field-${width}` : ""}`}>
      <label for={idOf(name)}>
        <LabelText {...props} />
      </label>
      <div class="control">
        <input
          id={idOf(name)}
          type={(props.type ?? "text") as "text"}
          inputMode={props.inputMode}
          autocomplete={props.autocomplete ?? "off"}
          list={props.suggestions}
          maxLength={props.maxLength}
          spellcheck={props.spellcheck}
          value={value}
          aria-invalid={problem ? true : undefined}
          aria-describedby={describedBy(props)}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
        {unit && <span class="unit">{unit}</span>}
      </div>
      <Notes {...props} />
    </div>
  );
}

export interface Option {
  value: string;
  label: string;
}

export function SelectField(
  props: FieldProps & {
    value: string;
    options: Option[];
    onValue: (value: string) => void;
    width?: Width;
  },
) {
  const { name, value, options, onValue, problem, width } = props;
  return (
    <div class={`field ${width ? `field-${width}` : ""}`}>
      <label for={idOf(name)}>
        <LabelText {...props} />
      </label>
      <select
        id={idOf(name)}
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy(props)}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Notes {...props} />
    </div>
  );
}

/** A few choices side by side: one look, one tap. The first radio carries the field's id for focus. */
export function ChoiceField(
  props: FieldProps & {
    value: string;
    options: Option[];
    onValue: (value: string) => void;
    compact?: boolean;
  },
) {
  const { name, value, options, onValue, problem, compact } = props;
  return (
    <fieldset
      class={`field choice ${compact ? "choice-compact" : ""}`}
      role="radiogroup"
      aria-invalid={problem ? true : undefined}
      aria-describedby={describedBy(props)}
    >
      <legend>
        <LabelText {...props} />
      </legend>
      <div class="choices">
        {options.map((option, i) => (
          <label key={option.value} class="choice-option">
            <input
              type="radio"
              id={i === 0 ? idOf(name) : undefined}
              name={name}
              value={option.value}
              checked={value === option.value}
              onChange={() => onValue(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <Notes {...props} />
    </fieldset>
  );
}

/** Any number of a few choices side by side. */
export function MultiField(
  props: FieldProps & { values: string[]; options: Option[]; onValues: (values: string[]) => void; compact?: boolean },
) {
  const { name, values, options, onValues, problem, compact } = props;
  const toggle = (value: string, on: boolean) =>
    onValues(options.map((option) => option.value).filter((one) => (one === value ? on : values.includes(one))));
  return (
    <fieldset class={`field choice ${compact ? "choice-compact" : ""}`} aria-describedby={describedBy(props)}>
      <legend>
        <LabelText {...props} />
      </legend>
      <div class="choices">
        {options.map((option, i) => (
          <label key={option.value} class="choice-option">
            <input
              type="checkbox"
              id={i === 0 ? idOf(name) : undefined}
              aria-invalid={problem ? true : undefined}
              checked={values.includes(option.value)}
              onChange={(event) => toggle(option.value, event.currentTarget.checked)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <Notes {...props} />
    </fieldset>
  );
}

export const YES_NO: Option[] = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
  { value: "", label: "Not recorded" },
];

export function CheckField(props: { name: string; label: string; checked: boolean; onValue: (on: boolean) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        id={idOf(props.name)}
        checked={props.checked}
        onChange={(event) => props.onValue(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

export function Section(props: { title: string; note?: string; children: ComponentChildren }) {
  return (
    <section class="card form-section">
      <h2>{props.title}</h2>
      {props.note && <p class="section-note">{props.note}</p>}
      {props.children}
    </section>
  );
}
