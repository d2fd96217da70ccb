/** How often each region was injected in a year, and what payers ask for before a repeat. */
import { dayText } from "../time";
import { REGIONS, wordsFor } from "../words";
import { EVIDENCE, STATES } from "./passportText";
import type { Passport } from "./types";

export function Sessions({ passport }: { passport: Passport }) {
  return (
    <section class="card" aria-labelledby="passport-sessions">
      <div class="card-head">
        <h2 id="passport-sessions">Sessions in the rolling year</h2>
      </div>
      <div class="panel-body">
        <dl class="sessions">
          {passport.sessions.map((found) => (
            <div key={found.region ?? "unknown"}>
              <dt>{found.region ? wordsFor(REGIONS, found.region) : "Region not recorded"}</dt>
              <dd>
                <b>{found.in_12_months}</b> in the 12 months to {dayText(passport.today)}
                <span class="second">
                  most in any 12 months: {found.most_in_12_months}; {found.dates.map(dayText).join(", ")}
                </span>
              </dd>
            </div>
          ))}
        </dl>
        <p class="panel-note">Injections of one day into one region are one session. Only injections recorded here are known.</p>
      </div>
    </section>
  );
}

export function Repeat({ passport }: { passport: Passport }) {
  return (
    <section class="card" aria-labelledby="passport-repeat">
      <div class="card-head">
        <h2 id="passport-repeat">Evidence for a repeat</h2>
      </div>
      <div class="panel-body">
        {passport.repeat.map((rule) => (
          <div key={rule.rule} class="repeat-rule">
            <h3>
              {EVIDENCE[rule.status]} <span class="second">{rule.source}</span>
            </h3>
            <ul class="plain-list">
              {rule.items.map((item) => (
                <li key={item.kind} class={`repeat-${item.state}`}>
                  <b>{STATES[item.state]}</b>{" "}
                  <span>
                    {item.sentence} {item.source && <span class="second">{item.source}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <p class="panel-note">About the newest block. Evidence, not advice.</p>
      </div>
    </section>
  );
}
