/** What if the line were elsewhere: the verdict moves on the screen and is kept nowhere. */
import type { ReadingPage } from "../types";
import { VERDICTS, wordsFor } from "../words";

interface LinesProps {
  page: ReadingPage;
  /** The set in force; choosing it ends the trial. */
  inForce: string;
  onTried: (criteria: string | null) => void;
}

export function Lines({ page, inForce, onTried }: LinesProps) {
  return (
    <div class="lines" role="group" aria-label="What if the line were">
      {page.lines.map(({ criteria, line, verdict, source }) => (
        <button
          key={criteria}
          type="button"
          aria-pressed={page.reading.criteria === criteria}
          aria-label={`${line} %: ${wordsFor(VERDICTS, verdict)}`}
          title={`${line} %: ${wordsFor(VERDICTS, verdict)}. ${source}`}
          onClick={() => onTried(criteria === inForce ? null : criteria)}
        >
          {line}
        </button>
      ))}
      <span aria-hidden="true">%</span>
    </div>
  );
}

/** Says in one line that what is shown is a trial, and how to leave it. */
export function TrialNotice({ page, onTried }: Omit<LinesProps, "inForce">) {
  const tried = page.lines.find(({ criteria }) => criteria === page.reading.criteria);
  if (!page.what_if || !tried) return null;
  return (
    <p class="trial" role="status">
      What if the line were <b>{tried.line} %</b>? Not saved. {tried.source}.{" "}
      <button type="button" class="quiet" onClick={() => onTried(null)}>
        Back to the clinic's line
      </button>
    </p>
  );
}
