/** Under the chart: the shape, how far to trust it, and the counts that stand beside every verdict. */
import { useState } from "preact/hooks";
import { dateTime } from "../time";
import type { Counts, ReadingPage } from "../types";
import { READING_FLAGS, tied, wordsFor } from "../words";

const COUNTS: { key: keyof Omit<Counts, "flags">; label: string }[] = [
  { key: "expected", label: "expected" },
  { key: "on_time", label: "on time" },
  { key: "late", label: "late" },
  { key: "back_filled", label: "back-filled" },
  { key: "missing", label: "missing" },
  { key: "skipped", label: "skipped" },
  { key: "extra", label: "extra" },
];

export function DataPanel({ page, zone }: { page: ReadingPage; zone: string }) {
  const { reading } = page;
  const flags = [...new Set([...reading.baseline.flags, ...reading.data.flags])];
  return (
    <section class="data-panel" aria-label="Shape, confidence and data">
      <div class="data-cell">
        <h2>Shape</h2>
        <p>{tied(page.shape_sentence)}</p>
      </div>
      <ConfidenceCell page={page} />
      <div class="data-cell">
        <h2>Entries</h2>
        <dl class="counts">
          {COUNTS.map(({ key, label }) => (
            <div key={key}>
              <dt>{label}</dt>
              <dd>{reading.data[key]}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p class="provenance">
        {flags.map((flag) => (
          <span key={flag}>{wordsFor(READING_FLAGS, flag)}</span>
        ))}
        <span>Criteria {reading.criteria}</span>
        <span>read {dateTime(page.read_at, zone)}</span>
        {reading.next_read_at && <span>next reading {dateTime(reading.next_read_at, zone)}</span>}
      </p>
    </section>
  );
}

function ConfidenceCell({ page }: { page: ReadingPage }) {
  const [open, setOpen] = useState(false);
  const { grade, reasons } = page.reading.confidence;
  return (
    <div class="data-cell">
      <h2>
        Confidence <b class="grade">{grade}</b>
      </h2>
      <p>{tied(page.confidence_sentence)}</p>
      {reasons.length > 0 && (
        <>
          <button type="button" class="why" aria-expanded={open} aria-controls="confidence-reasons" onClick={() => setOpen(!open)}>
            {open ? "Close" : "Why"}
            <span class="unseen">: confidence</span>
          </button>
          <ul id="confidence-reasons" hidden={!open} class="reasons">
            {reasons.map((reason) => (
              <li key={reason.text}>{tied(reason.text)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
