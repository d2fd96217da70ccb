/** Every number of the reading, each opening to its rule, the source of its threshold and its entries. */
import { useState } from "preact/hooks";
import type { Entry, Figure } from "../types";
import { tied } from "../words";
import { EvidenceList } from "./EvidenceList";

export function Figures(props: {
  figures: Figure[];
  entries: ReadonlyMap<string, Entry>;
  zone: string;
  onEvidence: (ids: ReadonlySet<string> | null) => void;
}) {
  const { figures, onEvidence } = props;
  const [open, setOpen] = useState<string | null>(null);
  const shown = figures.find(({ key }) => key === open) ?? null;
  const toggle = (figure: Figure) => {
    const next = open === figure.key ? null : figure.key;
    setOpen(next);
    onEvidence(next && figure.entries.length ? new Set(figure.entries) : null);
  };
  const existing = figures.filter(({ value }) => value !== null);
  if (!existing.length) return null;
  return (
    <section class="figures" aria-label="Figures">
      <div class="figure-row">
        {existing.map((figure) => (
          <button
            key={figure.key}
            type="button"
            class={`figure-chip figure-${figure.answer}`}
            aria-expanded={open === figure.key}
            aria-controls="figure-detail"
            onClick={() => toggle(figure)}
          >
            {figure.label} <b>{figure.value}</b>
          </button>
        ))}
      </div>
      <div id="figure-detail" class="figure-detail" hidden={!shown} aria-live="polite">
        {shown && (
          <>
            <p>
              <b>
                {shown.label}: {shown.value}.
              </b>{" "}
              {tied(shown.rule)}
            </p>
            <p class="hint">Source: {shown.source}.</p>
            <EvidenceList ids={shown.entries} entries={props.entries} zone={props.zone} lead="Decided by" />
          </>
        )}
      </div>
    </section>
  );
}
