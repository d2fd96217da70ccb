/** Under the chart: the shape, how far to trust it, the counts that stand beside every verdict, and all numbers, opened. */
import { Opener, type Opening, useOpening } from "../parts/opening";
import { dateTime } from "../time";
import type { Entry, EpisodeDetail, Figure, ReadingPage } from "../types";
import { READING_FLAGS, tied, wordsFor } from "../words";
import { momentOf } from "./entryText";
import { FIGURE_PANEL, FigurePanel, Figures } from "./Figures";
import { TakeOut } from "./TakeOut";

const CONFIDENCE = "confidence";

/** Extra entries from after the repeat injection or surgery that ended the reading. */
export function extrasAfterEvent(episode: EpisodeDetail, entries: Iterable<Entry>): number {
  const ends = episode.events.map((event) => Date.parse(event.at));
  const end = Math.min(...ends);
  return [...entries].filter((entry) => !entry.deleted && entry.grade === "extra" && Date.parse(momentOf(entry)) > end).length;
}

/** What one key opens: a number, or the grade with all its reasons. */
export function opened(figures: readonly Figure[], key: string | null): Figure[] {
  return figures.filter((figure) => figure.key === key || (key === CONFIDENCE && figure.answer === CONFIDENCE));
}

export function DataPanel(props: {
  page: ReadingPage;
  episode: EpisodeDetail;
  entries: ReadonlyMap<string, Entry>;
  onEvidence: (ids: ReadonlySet<string> | null) => void;
}) {
  const { page, episode, entries, onEvidence } = props;
  const { zone } = episode;
  const { reading, figures } = page;
  const flags = [...new Set([...reading.baseline.flags, ...reading.data.flags])];
  const opening = useOpening((key) => {
    const ids = opened(figures, key).flatMap((figure) => figure.entries);
    onEvidence(ids.length ? new Set(ids) : null);
  });
  return (
    <section class="data-panel" aria-label="Shape, confidence and data" onKeyDown={opening.onKeyDown}>
      <div class="data-cell">
        <h2>Shape</h2>
        <p>{tied(page.shape_sentence)}</p>
      </div>
      <ConfidenceCell page={page} opening={opening} />
      <CountsCell page={page} opening={opening} afterEvent={extrasAfterEvent(episode, entries.values())} />
      <Figures figures={figures} opening={opening} />
      <FigurePanel shown={opened(figures, opening.open)} entries={entries} zone={zone} />
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

/** The counts in the order of the check-ins; skipped ones are among the missing. */
function CountsCell({ page, opening, afterEvent }: { page: ReadingPage; opening: Opening; afterEvent: number }) {
  const { skipped, extra } = page.reading.data;
  const more: Readonly<Record<string, string>> = {
    missing: skipped ? `, ${skipped} of them skipped` : "",
    extra: afterEvent && afterEvent <= extra ? `, ${afterEvent} after the end` : "",
  };
  return (
    <div class="data-cell">
      <h2>Entries</h2>
      <ul class="counts">
        {page.figures
          .filter(({ answer }) => answer === "data")
          .map(({ key, label, value }) => (
            <li key={key}>
              <Opener opening={opening} name={key} panel={FIGURE_PANEL} class="count-opener">
                <b>{value}</b>
                <span>{`${label}${more[key] ?? ""}`}</span>
              </Opener>
            </li>
          ))}
      </ul>
    </div>
  );
}

/** The heading says "Confidence A" already. */
function withoutHeading(sentence: string): string {
  const bare = sentence.replace(/^Confidence [A-D], /, "");
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function ConfidenceCell({ page, opening }: { page: ReadingPage; opening: Opening }) {
  return (
    <div class="data-cell">
      <h2>
        Confidence <b class="grade">{page.reading.confidence.grade}</b>
      </h2>
      <p>{tied(withoutHeading(page.confidence_sentence))}</p>
      <Opener opening={opening} name={CONFIDENCE} panel={FIGURE_PANEL} class="why">
        {opening.open === CONFIDENCE ? "Close" : "Why"}
        <span class="unseen">: confidence</span>
      </Opener>
    </div>
  );
}
