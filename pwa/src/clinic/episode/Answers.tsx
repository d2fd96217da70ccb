/** The four answers, each a sentence whose reasons open beneath it. */
import { useDesk } from "../context";
import type { Answer, Entry, ReadingPage } from "../types";
import { tied } from "../words";
import { answerText } from "./answerText";
import { localTime, momentOf } from "./entryText";
import { goToRow } from "./rows";

export function Answers(props: {
  page: ReadingPage;
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
          open={props.opened.has(answer.key)}
          onToggle={() => toggle(answer.key)}
          entries={props.entries}
          zone={props.zone}
        />
      ))}
      <p class="caution-line">{tied(props.page.caution)}</p>
    </section>
  );
}

function AnswerView(props: {
  answer: Answer;
  open: boolean;
  onToggle: () => void;
  entries: ReadonlyMap<string, Entry>;
  zone: string;
}) {
  const { answer, open } = props;
  const { announce } = useDesk();
  const { lead, rest } = answerText(answer.sentence);
  const body = `answer-${answer.key}`;
  const toggle = () => {
    props.onToggle();
    if (!open && answer.evidence.length) announce(`${answer.evidence.length} entries marked in the chart and the table.`);
  };
  return (
    <article class={`answer answer-${answer.key} ${open ? "is-open" : ""}`}>
      <h2>{answer.title}</h2>
      <p class="sentence">
        <b>{tied(lead)}</b> {rest && <span class="detail">{tied(rest)}</span>}
      </p>
      {(answer.reasons.length > 0 || answer.evidence.length > 0) && (
        <button type="button" class="why" aria-expanded={open} aria-controls={body} onClick={toggle}>
          {open ? "Close" : "Why"}
          <span class="unseen">: {answer.title}</span>
        </button>
      )}
      <div id={body} hidden={!open} class="reasons">
        <ul>
          {answer.reasons.map((reason) => (
            <li key={reason}>{tied(reason)}</li>
          ))}
        </ul>
        <EvidenceList ids={answer.evidence} entries={props.entries} zone={props.zone} />
      </div>
    </article>
  );
}

const SHOWN = 8;

/** The entries an answer rests on, each leading to its row. */
function EvidenceList(props: { ids: string[]; entries: ReadonlyMap<string, Entry>; zone: string }) {
  const { ids, entries, zone } = props;
  if (!ids.length) return <p class="hint">No single entry decided this.</p>;
  return (
    <p class="evidence">
      <span class="evidence-lead">{ids.length === 1 ? "Rests on 1 entry:" : `Rests on ${ids.length} entries:`}</span>{" "}
      {ids.slice(0, SHOWN).map((id) => {
        const entry = entries.get(id);
        if (!entry) return null;
        const local = localTime(momentOf(entry), zone);
        return (
          <button key={id} type="button" class="evidence-link" onClick={() => goToRow(id)}>
            {local.day}, {local.time}
          </button>
        );
      })}
      {ids.length > SHOWN && <span>and {ids.length - SHOWN} more, marked in the table</span>}
    </p>
  );
}
