/** How often each region was injected in a year, and what payers ask for before a repeat. */
import { useOpening } from "../parts/opening";
import { dayText } from "../time";
import { REGIONS, wordsFor } from "../words";
import { Value, Opened } from "./Opened";
import { EVIDENCE, STATES } from "./passportText";
import type { Passport } from "./types";

export function Sessions({ passport }: { passport: Passport }) {
  const opening = useOpening();
  return (
    <section class="card" aria-labelledby="passport-sessions" onKeyDown={opening.onKeyDown}>
      <div class="card-head">
        <h2 id="passport-sessions">Sessions in the rolling year</h2>
      </div>
      <div class="panel-body">
        <ul class="plain-list sessions">
          {passport.sessions.map((found) => {
            const region = found.region ? wordsFor(REGIONS, found.region) : "Region not recorded";
            const row = `sessions ${found.region ?? "unknown"}`;
            return (
              <li key={row}>
                <span class="sessions-region">{region}</span>
                <span>
                  <Value opening={opening} row={row} place={0} label={`sessions, ${region}`}>
                    <b>{found.in_12_months}</b>
                  </Value>{" "}
                  in the 12 months to {dayText(passport.today)}
                  <span class="second">
                    most in any 12 months:{" "}
                    <Value opening={opening} row={row} place={1} label={`most in any 12 months, ${region}`}>
                      {found.most_in_12_months}
                    </Value>
                    ; {found.dates.map(dayText).join(", ")}
                  </span>
                </span>
                <Opened opening={opening} row={row} figures={found.figures} />
              </li>
            );
          })}
        </ul>
        <p class="panel-note">Injections of one day into one region are one session. Only injections recorded here are known.</p>
      </div>
    </section>
  );
}

export function Repeat({ passport }: { passport: Passport }) {
  const opening = useOpening();
  const about = passport.repeat[0]?.about;
  return (
    <section class="card" aria-labelledby="passport-repeat" onKeyDown={opening.onKeyDown}>
      <div class="card-head">
        <h2 id="passport-repeat">Evidence for a repeat</h2>
      </div>
      <div class="panel-body">
        {about && <p class="repeat-about">{about}</p>}
        {passport.repeat.map((rule) => (
          <div key={rule.rule} class="repeat-rule">
            <h3>
              {EVIDENCE[rule.status]} <span class="second">{rule.source}</span>
            </h3>
            <ul class="plain-list">
              {rule.items.map((item) => {
                const row = `${rule.rule} ${item.kind}`;
                return (
                  <li key={item.kind} class={`repeat-${item.state}`}>
                    <Value opening={opening} row={row} place={0} label={`${item.figure.label}, ${rule.rule}`}>
                      <b>{STATES[item.state]}</b>
                    </Value>
                    <span>
                      {item.sentence} {item.source && <span class="second">{item.source}</span>}
                    </span>
                    <Opened opening={opening} row={row} figures={[item.figure]} />
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
        <p class="panel-note">Evidence, not advice.</p>
      </div>
    </section>
  );
}
