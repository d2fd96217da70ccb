/** The blocks one by one, numbered as in the picture. */
import { Confidence, Verdict } from "../parts/badges";
import { paths } from "../route";
import { dayText } from "../time";
import { ANAESTHETICS, number, SHAPES, STEROID_STATUSES, STEROIDS, VERDICTS, wordsFor } from "../words";
import { lasted } from "./passportText";
import type { Passport, PassportBlock } from "./types";

export function Blocks({ passport, numbers }: { passport: Passport; numbers: ReadonlyMap<string, number> }) {
  return (
    <section class="card passport-wide">
      <div class="card-head">
        <h2 id="passport-blocks">Blocks</h2>
      </div>
      <div class="panel-body" tabIndex={0} role="region" aria-labelledby="passport-blocks">
        <table class="figures">
          <thead>
            <tr>
              {["No.", "Root", "T0", "Given", "Anaesthetic phase", "Steroid", "Lasted", "Course", "Confidence"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {passport.blocks.map((block) => (
              <Row key={block.episode_id} block={block} place={numbers.get(block.episode_id) ?? 0} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ block, place }: { block: PassportBlock; place: number }) {
  const relief = block.confirmed_relief_percent;
  const drugs = block.anaesthetic.split(" + ").map((drug) => wordsFor(ANAESTHETICS, drug));
  return (
    <tr>
      <td>{place}</td>
      <th scope="row" class="nowrap">
        <a href={paths.episode(block.episode_id)}>{block.root}</a>
      </th>
      <td class="nowrap">{dayText(block.on)}</td>
      <td>{[...drugs, ...(block.steroid ? [wordsFor(STEROIDS, block.steroid)] : [])].join(" + ")}</td>
      <td>
        <Verdict code={block.verdict} words={VERDICTS} />
        {relief !== null && <span class="second">{number(relief)}&nbsp;% confirmed</span>}
      </td>
      <td>{wordsFor(STEROID_STATUSES, block.steroid_status)}</td>
      <td class="nowrap">{lasted(block)}</td>
      <td>{wordsFor(SHAPES, block.shape)}</td>
      <td>
        <Confidence grade={block.grade} />
      </td>
    </tr>
  );
}
