/** Eleven numbers, one tap. No number is coloured: the scale must not steer the answer. */
import { Sheet } from "../parts/Sheet";
import { indexPain } from "../words";
import type { RecoveryRow, Score } from "./types";

const SCORES = Array.from({ length: 11 }, (_, score) => score);

export function ScorePad(props: {
  row: RecoveryRow;
  title: string;
  /** What is to be corrected. */
  before: Score | null;
  note?: string;
  onScore: (pain: number) => void;
  onClose: () => void;
}) {
  const { row, before } = props;
  const corrects = before?.pain !== null && before?.pain !== undefined;
  const note = props.note ?? (corrects ? `It says ${before.pain}. Tap the right number; the wrong one stays in the history.` : undefined);
  return (
    <Sheet title={`${row.patient.name} · ${props.title}`} onClose={props.onClose} {...(note ? { note } : {})}>
      <p class="pad-question">Pain in the {indexPain(row.index_pain)}, right now</p>
      <div class="pad" role="group" aria-label="Pain from 0 to 10">
        {SCORES.map((score) => (
          <button type="button" key={score} onClick={() => props.onScore(score)}>
            {score}
          </button>
        ))}
      </div>
      <div class="pad-ends" aria-hidden="true">
        <span>0 no pain</span>
        <span>10 worst imaginable</span>
      </div>
    </Sheet>
  );
}
