/** Which criteria the clinic reads by; what others would change is seen before they are chosen. */
import { useRef, useState } from "preact/hooks";
import { useAction, useDesk, useResource } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { dateTime } from "../time";
import { VERDICTS, wordsFor } from "../words";
import { AdminNav } from "./AdminNav";
import { chooseCriteria, compareCriteria, criteriaChoice } from "./calls";
import { type Comparison, nothingYet, plus } from "./comparison";
import type { CriteriaChoice, CriteriaSet } from "./types";

export function CriteriaScreen() {
  const { api } = useDesk();
  const choice = useResource("criteria", (signal) => criteriaChoice(api, signal));
  return (
    <>
      <AdminNav here="criteria" />
      <div class="screen-head">
        <h1 tabIndex={-1}>Criteria</h1>
      </div>
      <Failure error={choice.error} onRetry={choice.reload} />
      {choice.data ? <Choice choice={choice.data} onChosen={choice.replace} /> : !choice.error && <Waiting label="Loading…" />}
    </>
  );
}

function Choice({ choice, onChosen }: { choice: CriteriaChoice; onChosen: (next: CriteriaChoice) => void }) {
  const { api, session, announce } = useDesk();
  const mayChange = session.clinician.role === "admin";
  const [sum, setSum] = useState<Comparison | null>(null);
  const latest = useRef<string | null>(null);
  const comparing = useAction();
  const choosing = useAction();
  const compare = async (criteria: string) => {
    latest.current = criteria;
    let found = nothingYet(criteria);
    setSum(found);
    await comparing.run(async () => {
      let after: string | null = null;
      do {
        const step = await compareCriteria(api, criteria, after);
        // Another set has been chosen to look at meanwhile.
        if (latest.current !== criteria) return;
        found = plus(found, step);
        setSum(found);
        after = step.next;
      } while (after !== null);
      announce("The comparison is complete.");
    });
  };
  const choose = async (criteria: string) => {
    const next = await choosing.run(() => chooseCriteria(api, criteria, choice.in_force));
    if (!next) return;
    setSum(null);
    announce(`Reading by ${criteria} from now on.`);
    onChosen(next);
  };
  return (
    <>
      <p class="lead-note">
        Readings are made by <b>{choice.in_force}</b>
        {choice.since && `, since ${dateTime(choice.since, session.clinic.zone)}${choice.by ? ` (${choice.by})` : ""}`}.
        {choice.waiting > 0 && ` ${choice.waiting} are still to be made by it; the worker is at it.`}
      </p>
      <table class="worklist admin-table" aria-label="Sets of criteria">
        <thead>
          <tr>
            <th scope="col">Set</th>
            <th scope="col">Positive from</th>
            <th scope="col">Strong from</th>
            <th scope="col">Source of the line</th>
            {mayChange && <th scope="col">Compare</th>}
          </tr>
        </thead>
        <tbody>
          {choice.sets.map((one) => (
            <SetRow key={one.criteria} one={one} inForce={one.criteria === choice.in_force} mayChange={mayChange} busy={comparing.busy} onCompare={() => compare(one.criteria)} />
          ))}
        </tbody>
      </table>
      <Failure error={comparing.error} {...(sum ? { onRetry: () => void compare(sum.criteria) } : {})} />
      {sum && <Outcome sum={sum} busy={choosing.busy} onChoose={() => choose(sum.criteria)} />}
      <Failure error={choosing.error} />
    </>
  );
}

function SetRow(props: { one: CriteriaSet; inForce: boolean; mayChange: boolean; busy: boolean; onCompare: () => void }) {
  const { one } = props;
  return (
    <tr>
      <th scope="row">
        <b>{one.criteria}</b>
        {props.inForce && <span class="badge badge-good"> in force</span>}
      </th>
      <td class="nowrap">{one.positive_line} % relief</td>
      <td class="nowrap">{one.strong_line} % relief</td>
      <td>{one.source}</td>
      {props.mayChange && (
        <td class="row-actions">
          {!props.inForce && (
            <button type="button" class="quiet" disabled={props.busy} onClick={props.onCompare} aria-label={`See what would change with ${one.criteria}`}>
              See what would change
            </button>
          )}
        </td>
      )}
    </tr>
  );
}

function Outcome({ sum, busy, onChoose }: { sum: Comparison; busy: boolean; onChoose: () => void }) {
  return (
    <section class="card form-section outcome" aria-labelledby="outcome-title">
      <h2 id="outcome-title">With {sum.criteria}</h2>
      <p role="status">
        {sum.read === 1 ? "1 reading" : `${sum.read} readings`} compared{sum.done ? ": " : " so far: "}
        <b>{sum.changed === 1 ? "1 would differ" : `${sum.changed} would differ`}</b>
        {sum.failed > 0 && `, ${sum.failed} could not be read`}.
      </p>
      {sum.changes.length > 0 && (
        <ul class="plain-list changes">
          {sum.changes.map((one) => (
            <li key={`${one.category} ${one.before} ${one.after}`}>
              <b>{one.episodes}</b>{" "}
              {one.before || one.after ? `${one.category}: ${wordsFor(VERDICTS, one.before)} → ${wordsFor(VERDICTS, one.after)}` : "figures only"}
            </li>
          ))}
        </ul>
      )}
      {sum.done && (
        <>
          <p class="hint">
            Every reading is then made anew; earlier ones stay under their own criteria. Signed readings that change open again. A physician has
            to accept the safety texts anew, since the criteria belong to them.
          </p>
          <div class="form-actions">
            <button type="button" class="primary" disabled={busy} onClick={onChoose}>
              {busy ? "Saving…" : `Read by ${sum.criteria} from now on`}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
