/** What physicians have concluded of each block, and whether that still holds. */
import { named, SIGN_STATES } from "./passportText";
import type { Passport } from "./types";

export function Conclusions({ passport, numbers }: { passport: Passport; numbers: ReadonlyMap<string, number> }) {
  const signed = passport.blocks.filter(({ sign_state }) => sign_state !== "unsigned");
  return (
    <section class="card" aria-labelledby="passport-conclusions">
      <div class="card-head">
        <h2 id="passport-conclusions">Physicians' conclusions</h2>
      </div>
      <div class="panel-body">
        <p class="conclusions-status">{passport.status}.</p>
        {signed.length > 0 && (
          <ul class="plain-list conclusions">
            {signed.map((block) => (
              <li key={block.episode_id} class={`sign-${block.sign_state}`}>
                <b>
                  Block {named([block.episode_id], numbers)}, {block.root}: {SIGN_STATES[block.sign_state]}
                </b>
                <span>{block.conclusion}</span>
                {block.note && <span class="quoted">{block.note}</span>}
                <span class="second">{block.signed}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
