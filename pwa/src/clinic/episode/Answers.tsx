/** The four answers, each a sentence whose reasons open beneath it. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { useDesk } from "../context";
import { useEscape } from "../parts/opening";
import type { Answer, Entry, ReadingPage, Threshold } from "../types";
import { tied } from "../words";
import { answerText } from "./answerText";
import { EvidenceList } from "./EvidenceList";
import { Lines } from "./Lines";

export function Answers(props: {
  page: ReadingPage;
  inForce: string;
  onTried: (criteria: string | null) => void;
  opened: ReadonlySet<string>;
  onOpened: (keys: ReadonlySet<string>) => void;
  entries: ReadonlyMap<string, Entry>;
  zone: string;
}) {
  const toggle = (key: string) => {
    const next = new Set(props.opened);
    if (!next.delete(key)) next.add(key);
    props.onOpened(next);
  };
  return (
    <section class="answers" aria-label="Answers">
      {props.page.answers.map((answer) => (
        <AnswerView
          key={answer.key}
          answer={answer}
          basis={props.page.basis[answer.key] ?? []}
          criteria={props.page.reading.criteria}
          open={props.opened.has(answer.key)}
          onToggle={() => toggle(answer.key)}
          entries={props.entries}
          zone={props.zone}
        >
          {answer.key === "anaesthetic" && <Lines page={props.page} inForce={props.inForce} onTried={props.onTried} />}
        </AnswerView>
      ))}
      <p class="caution-line">{tied(props.page.caution)}</p>
    </section>
  );
}

function AnswerView(props: {
  answer: Answer;
  basis: readonly Threshold[];
  criteria: string;
  open: boolean;
  onToggle: () => void;
  entries: ReadonlyMap<string, Entry>;
  zone: string;
  children: ComponentChildren;
}) {
  const { answer, open } = props;
  const { announce } = useDesk();
  const { lead, rest } = answerText(answer.sentence);
  const body = `answer-${answer.key}`;
  const toggle = () => {
    props.onToggle();
    if (!open && answer.evidence.length) announce(`${answer.evidence.length} entries marked in the chart and the table.`);
  };
  const button = useRef<HTMLButtonElement>(null);
  const onKeyDown = useEscape(open, () => {
    props.onToggle();
    button.current?.focus();
  });
  return (
    <article class={`answer answer-${answer.key} ${open ? "is-open" : ""}`} onKeyDown={onKeyDown}>
      <header class="answer-head">
        <h2>{answer.title}</h2>
        {props.children}
        <button ref={button} type="button" class="why" aria-expanded={open} aria-controls={body} onClick={toggle}>
          {open ? "Close" : "Why"}
          <span class="unseen">: {answer.title}</span>
        </button>
      </header>
      <p class="sentence">
        <b>{tied(lead)}</b> {rest && <span class="detail">{tied(rest)}</span>}
      </p>
      <div id={body} hidden={!open} class="reasons">
        <ul>
          {answer.reasons.map((reason) => (
            <li key={reason}>{tied(reason)}</li>
          ))}
        </ul>
        <EvidenceList ids={answer.evidence} entries={props.entries} zone={props.zone} />
        <Basis thresholds={props.basis} criteria={props.criteria} />
      </div>
    </article>
  );
}

/** What the answer was measured by, each threshold with the paper or choice behind it. */
function Basis({ thresholds, criteria }: { thresholds: readonly Threshold[]; criteria: string }) {
  return (
    <>
      <p class="basis-lead">Measured by criteria {criteria}</p>
      <ul class="basis">
        {thresholds.map(({ text, source }) => (
          <li key={text}>
            {tied(text)} <span class="second">{source}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
