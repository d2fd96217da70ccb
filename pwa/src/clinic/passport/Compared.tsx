/** What the blocks of each root say together, and the pairs that can be compared. */
import { Confidence } from "../parts/badges";
import { wordsFor } from "../words";
import { CATEGORIES, named, STANDINGS } from "./passportText";
import type { Passport } from "./types";

export function Compared({ passport, numbers }: { passport: Passport; numbers: ReadonlyMap<string, number> }) {
  const { grid, discordances, pairs } = passport;
  return (
    <section class="card">
      <div class="card-head">
        <h2 id="passport-roots">Root by response</h2>
      </div>
      <div class="panel-body" tabIndex={0} role="region" aria-labelledby="passport-roots">
        <table class="figures">
          <thead>
            <tr>
              <th scope="col">Root</th>
              <th scope="col">Blocks</th>
              <th scope="col">Together</th>
              <th scope="col">Confidence</th>
            </tr>
          </thead>
          <tbody>
            {grid.map((row) => (
              <tr key={row.root ?? row.episode_ids.join()}>
                <th scope="row" class="nowrap strong">
                  {row.root ?? "not recorded"}
                </th>
                <td class="nowrap">{named(row.episode_ids, numbers)}</td>
                <td>
                  <b class={row.standing === "argues_against" || row.standing === "conflicting" ? "standing-firm" : undefined}>
                    {wordsFor(STANDINGS, row.standing)}
                  </b>
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
                <td>
                  <Confidence grade={row.grade} />
                </td>
              </tr>
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
        {pairs.length > 0 && (
          <>
            <h3>Comparative blocks</h3>
            <ul class="plain-list">
              {pairs.map((pair) => (
                <li key={pair.episode_ids.join()}>
                  Blocks {named(pair.episode_ids, numbers)}: <b>{wordsFor(CATEGORIES, pair.category)}</b>. {pair.reasons.join(" ")}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
