/** Side effects as chips: one tap is mild, further taps moderate, severe and none. */
import type { Episode, Severity } from "../../diary/record.ts";
import { t } from "../../i18n/index.ts";

/** The ones most often noticed come first; the rest stand behind "More". */
export const COMMON = ["lightheadedness", "nausea", "headache", "increased_radicular_pain"] as const;
export const FURTHER = [
  "injection_site_pain", "increased_spinal_pain", "vomiting", "flushing", "poor_sleep", "raised_blood_sugar", "itching", "other",
] as const;

export type Effect = (typeof COMMON)[number] | (typeof FURTHER)[number];

const AFTER: Record<Severity, Severity | null> = { mild: "moderate", moderate: "severe", severe: null };

interface Props {
  codes: readonly Effect[];
  episode: Episode;
  chosen: Record<string, Severity>;
  onChange: (chosen: Record<string, Severity>) => void;
}

export function Effects({ codes, episode, chosen, onChange }: Props) {
  const tap = (code: string) => {
    const { [code]: before, ...others } = chosen;
    const after = before === undefined ? "mild" : AFTER[before];
    onChange(after === null ? others : { ...others, [code]: after });
  };
  return (
    <>
      {codes.map((code) => {
        const name = effectName(code, episode);
        const severity = chosen[code];
        return (
          <button
            key={code}
            type="button"
            class="chip"
            aria-pressed={severity !== undefined}
            aria-label={severity ? t.form.chipOn(name, t.form.severity[severity]) : name}
            onClick={() => tap(code)}
          >
            {name}
            {severity && <b> · {t.form.severity[severity]}</b>}
          </button>
        );
      })}
    </>
  );
}

export function effectName(code: string, episode: Episode): string {
  const name = t.effects[code as Effect] ?? code;
  if (typeof name === "string") return name;
  return code === "increased_spinal_pain" ? t.effects.increased_spinal_pain(episode.region) : t.effects.increased_radicular_pain(episode.index_pain.site);
}
