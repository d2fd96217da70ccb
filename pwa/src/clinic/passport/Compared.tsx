/** What the blocks of each root say together, and the pairs that can be compared. */
import { Fragment } from "preact";
import { Confidence } from "../parts/badges";
import { type Opening, useOpening } from "../parts/opening";
import { wordsFor } from "../words";
import { Value, Opened } from "./Opened";
import { CATEGORIES, named, STANDINGS } from "./passportText";
import type { GridRow, Passport } from "./types";

type Numbers = ReadonlyMap<string, number>;

export function Compared({ passport, numbers }: { passport: Passport; numbers: Numbers }) {
  const { grid, discordances } = passport;
  const opening = useOpening();
  return (
    <section class="card" onKeyDown={opening.onKeyDown}>
      <div class="card-head">
        <h2 id="passport-roots">Root by response</h2>
      </div>
      <div class="panel-body" tabIndex={0} role="region" aria-labelledby="passport-roots">
        <table class="figures" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th role="columnheader" scope="col">Root</th>
              <th role="columnheader" scope="col">Blocks</th>
              <th role="columnheader" scope="col">Together</th>
              <th role="columnheader" scope="col">Confidence</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {grid.map((row) => (
              <RootRow key={row.root ?? row.episode_ids.join()} row={row} numbers={numbers} opening={opening} />
            ))}
          </tbody>
        </table>
        <p class="passport-caution">{passport.caution}</p>
        {discordances.length > 0 && (
          <>
            <h3>Answers that do not go together</h3>
            <ul class="plain-list">
              {discordances.map((found) => (
                <li key={found.sentence}>{found.sentence}</li>
              ))}
            </ul>
          </>
        )}
        <Pairs passport={passport} numbers={numbers} opening={opening} />
      </div>
    </section>
  );
}

function RootRow({ row, numbers, opening }: { row: GridRow; numbers: Numbers; opening: Opening }) {
  const name = `root ${row.root ?? row.episode_ids.join()}`;
  const firm = row.standing === "argues_against" || row.standing === "conflicting";
  return (
    <Fragment>
      <tr role="row" class="has-opened">
        <th role="rowheader" scope="row" class="nowrap strong">
          {row.root ?? "not recorded"}
        </th>
        <td role="cell" class="nowrap">{named(row.episode_ids, numbers)}</td>
        <td role="cell" class="row-wide">
          <Value opening={opening} row={name} place={0} label={row.root ?? "root not recorded"}>
            <b class={firm ? "standing-firm" : undefined}>{wordsFor(STANDINGS, row.standing)}</b>
          </Value>
          <span class="passport-why">
            {row.sentence}
            {row.source && <span class="second">{row.source}</span>}
            {row.caveats.map((caveat) => (
              <span key={caveat} class="second">
                {caveat}
              </span>
            ))}
          </span>
        </td>
        <td role="cell">
          <Confidence grade={row.grade} />
        </td>
      </tr>
      <tr role="row" class="opened-row">
        <td role="cell" colSpan={4}>
          <Opened opening={opening} row={name} figures={[row.figure]} />
        </td>
      </tr>
    </Fragment>
  );
}

function Pairs({ passport, numbers, opening }: { passport: Passport; numbers: Numbers; opening: Opening }) {
  if (!passport.pairs.length) return null;
  return (
    <>
      <h3>Comparative blocks</h3>
      <ul class="plain-list">
        {passport.pairs.map((pair) => {
          const name = `pair ${pair.episode_ids.join(" ")}`;
          return (
            <li key={name}>
              Blocks {named(pair.episode_ids, numbers)}:{" "}
              <Value opening={opening} row={name} place={0} label={`blocks ${named(pair.episode_ids, numbers)}`}>
                <b>{wordsFor(CATEGORIES, pair.category)}</b>
              </Value>
              . {pair.reasons.join(" ")}
              <Opened opening={opening} row={name} figures={[pair.figure]} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
