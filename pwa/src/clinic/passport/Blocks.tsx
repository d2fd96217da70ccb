/** The blocks one by one, numbered as in the picture; every number opens what it rests on. */
import { Fragment } from "preact";
import { Confidence, Verdict } from "../parts/badges";
import { type Opening, useOpening } from "../parts/opening";
import { paths } from "../route";
import { dayText } from "../time";
import { ANAESTHETICS, number, SHAPES, STEROID_STATUSES, STEROIDS, VERDICTS, wordsFor } from "../words";
import { Value, Opened } from "./Opened";
import { lasted, SIGN_STATES } from "./passportText";
import type { Passport, PassportBlock } from "./types";

const HEADS = ["No.", "Root", "T0", "Given", "Anaesthetic phase", "Steroid", "Lasted", "Course", "Confidence", "Sign-off"];

export function Blocks({ passport, numbers }: { passport: Passport; numbers: ReadonlyMap<string, number> }) {
  const opening = useOpening();
  return (
    <section class="card passport-wide" onKeyDown={opening.onKeyDown}>
      <div class="card-head">
        <h2 id="passport-blocks">Blocks</h2>
      </div>
      <div class="panel-body" tabIndex={0} role="region" aria-labelledby="passport-blocks">
        <table class="figures" role="table">
          <thead role="rowgroup">
            <tr role="row">
              {HEADS.map((name) => (
                <th key={name} role="columnheader" scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {passport.blocks.map((block) => (
              <Row key={block.episode_id} block={block} place={numbers.get(block.episode_id) ?? 0} opening={opening} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ block, place, opening }: { block: PassportBlock; place: number; opening: Opening }) {
  const row = block.episode_id;
  const relief = block.confirmed_relief_percent;
  const drugs = block.anaesthetic.split(" + ").map((drug) => wordsFor(ANAESTHETICS, drug));
  const here = (label: string) => ({ opening, row, label: `${label}, block ${place}` });
  return (
    <Fragment>
      <tr role="row" class="has-opened">
        <td role="cell">{place}</td>
        <th role="rowheader" scope="row" class="nowrap">
          <a href={paths.episode(row)}>{block.root}</a>
        </th>
        <td role="cell" class="nowrap">{dayText(block.on)}</td>
        <td role="cell" data-label="Given">{[...drugs, ...(block.steroid ? [wordsFor(STEROIDS, block.steroid)] : [])].join(" + ")}</td>
        <td role="cell" data-label="Anaesthetic phase">
          <Value {...here("anaesthetic phase")} place={0}>
            <Verdict code={block.verdict} words={VERDICTS} />
          </Value>
          {relief !== null && <span class="second">{number(relief)}&nbsp;% confirmed</span>}
        </td>
        <td role="cell" data-label="Steroid">
          <Value {...here("steroid")} place={1}>
            {wordsFor(STEROID_STATUSES, block.steroid_status)}
          </Value>
        </td>
        <td role="cell" class="nowrap" data-label="Lasted">
          <Value {...here("how long it lasted")} place={2}>
            {lasted(block)}
          </Value>
        </td>
        <td role="cell" data-label="Course">{wordsFor(SHAPES, block.shape)}</td>
        <td role="cell" data-label="Confidence">
          <Value {...here("confidence")} place={3}>
            <Confidence grade={block.grade} />
          </Value>
        </td>
        <td role="cell" class="nowrap" data-label="Sign-off">{SIGN_STATES[block.sign_state]}</td>
      </tr>
      <tr role="row" class="opened-row">
        <td role="cell" colSpan={HEADS.length}>
          <Opened opening={opening} row={row} figures={block.figures} />
        </td>
      </tr>
    </Fragment>
  );
}
