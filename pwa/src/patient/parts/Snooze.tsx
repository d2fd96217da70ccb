/** "Remind me later", inside the time of the check-in that is due. */
import { useState } from "preact/hooks";
import { clock } from "../../i18n/index.ts";
import { later } from "../../i18n/later.ts";
import { snooze } from "../../sync/reminders.ts";

const MINUTES = [15, 30, 60];

interface Props {
  episodeId: string;
  slot: string;
  /** When the check-in can be answered no more, ms. */
  until: number;
  now: number;
}

export function Snooze({ episodeId, slot, until, now }: Props) {
  const [said, setSaid] = useState<string | null>(null);
  const fitting = MINUTES.filter((minutes) => now + minutes * 60_000 < until);
  if (fitting.length === 0) return null;
  const ask = (minutes: number) =>
    snooze(episodeId, slot, minutes).then(
      ({ at }) => setSaid(later.reminders.laterAt(clock(Date.parse(at)))),
      () => setSaid(later.reminders.laterNot),
    );
  return (
    <details class="snooze">
      <summary class="link">{later.reminders.later}</summary>
      <div class="chips">
        {fitting.map((minutes) => (
          <button key={minutes} type="button" class="chip" onClick={() => void ask(minutes)}>{later.reminders.inMinutes(minutes)}</button>
        ))}
      </div>
      <p role="status" class="small">{said}</p>
    </details>
  );
}
