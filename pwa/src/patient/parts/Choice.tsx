/** Small answers: one of a few, or yes and no. A second tap takes an answer back. */
import type { ComponentChildren } from "preact";
import { t } from "../../i18n/index.ts";

interface Props<Value> {
  name: string;
  legend: string;
  options: readonly (readonly [Value, string])[];
  value: Value | null;
  onChange: (value: Value | null) => void;
  /** Whether a second tap takes the answer back. */
  clearable?: boolean;
  children?: ComponentChildren;
}

export function Choice<Value extends string | number | boolean>({ name, legend, options, value, onChange, clearable = true, children }: Props<Value>) {
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      <div class="chips">
        {options.map(([option, words]) => (
          <label key={String(option)} class="chip radio">
            <input
              type="radio"
              name={name}
              checked={value === option}
              onChange={() => onChange(option)}
              onClick={() => clearable && value === option && onChange(null)}
            />
            <span>{words}</span>
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}

export function YesNo(props: { name: string; legend: string; value: boolean | null; onChange: (value: boolean | null) => void; children?: ComponentChildren }) {
  return <Choice {...props} options={[[true, t.common.yes], [false, t.common.no]]} />;
}
