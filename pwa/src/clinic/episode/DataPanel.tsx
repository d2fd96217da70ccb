/** Under the chart: the shape, how far to trust it, and the counts that stand beside every verdict. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { dateTime } from "../time";
import type { Counts, Entry, EpisodeDetail, ReadingPage } from "../types";
import { READING_FLAGS, tied, wordsFor } from "../words";
import { momentOf } from "./entryText";
import { TakeOut } from "./TakeOut";

/** The counts in the order of the check-ins; skipped ones are among the missing. */
function countsOf(data: Counts, afterEvent: number): [string, number][] {
  return [
    ["expected", data.expected],
    ["on time", data.on_time],
    ["late", data.late],
    ["back-filled", data.back_filled],
    [data.skipped ? `missing, ${data.skipped} of them skipped` : "missing", data.missing],
    [afterEvent && afterEvent <= data.extra ? `extra, ${afterEvent} after the end` : "extra", data.extra],
  ];
}

/** Extra entries from after the repeat injection or surgery that ended the reading. */
export function extrasAfterEvent(episode: EpisodeDetail, entries: readonly Entry[]): number {
  const ends = episode.events.map((event) => Date.parse(event.at));
  const end = Math.min(...ends);
  return entries.filter((entry) => !entry.deleted && entry.grade === "extra" && Date.parse(momentOf(entry)) > end).length;
}

export function DataPanel(props: {
  page: ReadingPage;
  episode: EpisodeDetail;
  entries: readonly Entry[];
  children: ComponentChildren;
}) {
  const { page, episode, entries } = props;
  const { zone } = episode;
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
          {countsOf(reading.data, extrasAfterEvent(episode, entries)).map(([label, count]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
      </div>
      {props.children}
      <TakeOut episode={episode} />
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

/** The heading says "Confidence A" already. */
function withoutHeading(sentence: string): string {
  const bare = sentence.replace(/^Confidence [A-D], /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function ConfidenceCell({ page }: { page: ReadingPage }) {
  const [open, setOpen] = useState(false);
  const { grade, reasons } = page.reading.confidence;
  return (
    <div class="data-cell">
      <h2>
        Confidence <b class="grade">{grade}</b>
      </h2>
      <p>{tied(withoutHeading(page.confidence_sentence))}</p>
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
