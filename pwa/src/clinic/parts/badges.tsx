/** Small marks that always carry a word. */
import type { AlertLevel } from "../types";
import { ALERT_LEVELS, CONFIDENCE, wordsFor } from "../words";

export function AlertBadge(props: { level: AlertLevel | null; count: number }) {
  if (!props.count) return null;
  const level = props.level ?? "N";
  return (
    <span class={`badge badge-${level}`}>
      <svg class="glyph" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={level === "E" ? "M6 .8 11.6 11H.4z" : "M6 .6 11.4 6 6 11.4.6 6z"} fill="currentColor" />
      </svg>
      {wordsFor(ALERT_LEVELS, level)}
      {props.count > 1 && <span class="badge-count"> +{props.count - 1}</span>}
    </span>
  );
}

export function Confidence(props: { grade: string | null }) {
  if (!props.grade) return <span class="faint">–</span>;
  return (
    <span class="confidence">
      <b class="grade">{props.grade}</b> <span class="confidence-word">{wordsFor(CONFIDENCE, props.grade)}</span>
    </span>
  );
}

/** A code in words; what is not decided yet steps back. */
export function Verdict(props: { code: string | null; words: Readonly<Record<string, string>> }) {
  const open = props.code === null || props.code === "pending" || props.code.startsWith("not_");
  const strong = props.code === "positive_strong" || props.code === "persistent_worsening";
  const look = open ? "faint" : strong ? "strong" : undefined;
  return <span class={look}>{wordsFor(props.words, props.code)}</span>;
}
