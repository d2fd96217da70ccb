/** Which answers moved since the sign-off: from what to what, and by which entries. */
import { EvidenceList } from "../episode/EvidenceList";
import type { Entry } from "../types";
import { tied } from "../words";
import { causeText, moveText } from "./signText";
import type { Moved, SignOff } from "./types";

export function MovedAnswers(props: { found: SignOff; entries: ReadonlyMap<string, Entry>; zone: string }) {
  const { changes } = props.found;
  if (!changes.length)
    return <p class="sign-moved-none">Later entries had changed the reading; it now reads as it was signed.</p>;
  const list = (
    <ul class="sign-moved plain-list" aria-label="What moved since it was signed">
      {changes.map((moved) => (
        <MovedAnswer key={moved.answer} moved={moved} entries={props.entries} zone={props.zone} />
      ))}
    </ul>
  );
  if (changes.length === 1) return list;
  // Several would push the Sign button off a laptop's screen.
  return (
    <details class="sign-fold">
      <summary>
        <b>{changes.length} answers moved:</b> {changes.map(({ title }) => title.toLowerCase()).join(", ")}
      </summary>
      {list}
    </details>
  );
}

function MovedAnswer(props: { moved: Moved; entries: ReadonlyMap<string, Entry>; zone: string }) {
  const { moved } = props;
  return (
    <li>
      <details class="sign-fold">
        <summary>
          <b>{moved.title}:</b> {moveText(moved)} <span class="fold-note">{causeText(moved)}</span>
        </summary>
        {moved.was && <p class="sign-was">Signed: {tied(moved.was)}</p>}
        {moved.reads && <p>Now: {tied(moved.reads)}</p>}
        {moved.entries.length > 0 && <EvidenceList ids={moved.entries} entries={props.entries} zone={props.zone} lead="Moved by" />}
      </details>
    </li>
  );
}
