/** "When was this?": now, a little while ago, or a chosen time. */
import type { When } from "../../diary/compose.ts";
import { wallClock } from "../../diary/moment.ts";
import { t } from "../../i18n/index.ts";
import { Choice } from "./Choice.tsx";

const MINUTES_AGO = [15, 30, 60];

interface Props {
  value: When;
  now: () => number;
  onChange: (when: When) => void;
}

export function WhenPicker({ value, now, onChange }: Props) {
  const options: [string, string][] = [
    ["now", t.form.whenNow],
    ...MINUTES_AGO.map((minutes): [string, string] => [String(minutes), t.form.ago(minutes)]),
    ["at", t.form.pick],
  ];
  const key = value.kind === "ago" ? String(value.minutes) : value.kind;
  const choose = (option: string | null) => {
    if (option === null || option === "now") return onChange({ kind: "now" });
    if (option === "at") return onChange({ kind: "at", at: value.kind === "ago" ? value.at : now() });
    onChange({ kind: "ago", minutes: Number(option), at: now() - Number(option) * 60_000 });
  };
  return (
    <Choice name="when" legend={t.form.when} options={options} value={key} onChange={choose} clearable={false}>
      {value.kind === "at" && (
        <label class="field">
          <span>{t.form.pickLabel}</span>
          <input
            type="datetime-local"
            value={value.at === null ? "" : wallClock(value.at).slice(0, 16)}
            max={wallClock(now()).slice(0, 16)}
            onInput={(event) => {
              const at = Date.parse(event.currentTarget.value);
              onChange({ kind: "at", at: Number.isNaN(at) ? null : at });
            }}
          />
        </label>
      )}
    </Choice>
  );
}
