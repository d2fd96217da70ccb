/** The root passport: every block of one patient beside the others, from its own T0. */
import { Drawing } from "../../charts/Drawing";
import { useDesk, useResource } from "../context";
import { CopyText } from "../parts/CopyText";
import { Empty, Failure, Waiting } from "../parts/notices";
import { dayText } from "../time";
import { Blocks } from "./Blocks";
import { Compared } from "./Compared";
import { Conclusions } from "./Conclusions";
import { Repeat, Sessions } from "./Repeat";
import { numbersOf } from "./passportText";
import type { Passport } from "./types";

export function PassportScreen({ id }: { id: string }) {
  const { api } = useDesk();
  const passport = useResource(id, (signal) => api.passport(id, signal));
  if (!passport.data)
    return (
      <>
        <h1 tabIndex={-1}>Root passport</h1>
        {passport.error ? <Failure error={passport.error} onRetry={passport.reload} /> : <Waiting label="Comparing the blocks…" />}
      </>
    );
  return <View id={id} passport={passport.data} />;
}

function View({ id, passport }: { id: string; passport: Passport }) {
  const numbers = numbersOf(passport.blocks);
  const at = `/api/v1/clinic/patients/${id}/passport`;
  return (
    <>
      <Head id={id} at={at} passport={passport} />
      {passport.blocks.length === 0 ? (
        <Empty title="No block of this patient has a reading yet.">
          <p>Readings begin with T0 and a pain score from before the injection.</p>
        </Empty>
      ) : (
        <div class="passport">
          <section class="card chart-card" aria-labelledby="passport-chart">
            <h2 id="passport-chart" class="unseen">
              Pain after each block, from its own T0
            </h2>
            <Drawing address={`${at}.svg`} version={String(passport.blocks.length)} />
          </section>
          <div class="passport-column">
            <Compared passport={passport} numbers={numbers} />
            <Sessions passport={passport} />
          </div>
          <div class="passport-column">
            <Conclusions passport={passport} numbers={numbers} />
            <Repeat passport={passport} />
          </div>
          <Blocks passport={passport} numbers={numbers} />
        </div>
      )}
    </>
  );
}

function Head(props: { id: string; at: string; passport: Passport }) {
  const { id, at, passport } = props;
  const { api } = useDesk();
  const { blocks, unread } = passport;
  return (
    <div class="screen-head">
      <h1 tabIndex={-1}>Root passport</h1>
      <p class="head-note">
        <b class="passport-name">{passport.name}</b> · No. {passport.record_number} · {blocks.length === 1 ? "1 block" : `${blocks.length} blocks`}
        {unread > 0 && `, ${unread} without a reading`} · {dayText(passport.today)}
      </p>
      {blocks.length > 0 && (
        <div class="take-out head-action" role="group" aria-label="For the record">
          <a class="button" href={`${at}.pdf`} download>
            PDF, A4
          </a>
          <a class="button" href={`${at}.pdf?paper=letter`} download>
            Letter
          </a>
          <a class="button" href={`${at}.svg`} download="root-passport.svg">
            SVG
          </a>
          <CopyText text={() => api.passportText(id)} />
        </div>
      )}
    </div>
  );
}
