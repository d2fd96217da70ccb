/** The check-ins in the patient's own calendar: a file, or a secret address to subscribe to. */
import { useState } from "preact/hooks";
import { later } from "../../i18n/later.ts";
import { type Known, newCalendar } from "../../sync/reminders.ts";

const FILE = "/api/v1/patient/reminders/calendar.ics";

export function CalendarCard({ known, onKnown }: { known: Known; onKnown: (known: Known) => void }) {
  const [copied, setCopied] = useState(false);
  const [failed, setFailed] = useState(false);
  const make = () => {
    setCopied(false);
    setFailed(false);
    newCalendar().then(onKnown, () => setFailed(true));
  };
  const copy = (address: string) => navigator.clipboard.writeText(address).then(() => setCopied(true), () => undefined);
  return (
    <section class="card">
      <h2>{later.reminders.calendar}</h2>
      <p>{later.reminders.calendarNote}</p>
      <div class="stack">
        <a class="secondary" href={FILE} download="check-ins.ics">{later.reminders.calendarDownload}</a>
        {known.calendar === null && <button type="button" class="secondary" onClick={make}>{later.reminders.calendarMake}</button>}
      </div>
      {known.calendar !== null && (
        <div class="stack">
          <label class="field">
            <span class="small">{later.reminders.calendarAddress}</span>
            <input readOnly value={known.calendar} onFocus={(event) => event.currentTarget.select()} />
          </label>
          <button type="button" class="secondary" onClick={() => copy(known.calendar ?? "")}>{copied ? later.reminders.calendarCopied : later.reminders.calendarCopy}</button>
          <button type="button" class="link" onClick={make}>{later.reminders.calendarRenew}</button>
        </div>
      )}
      {failed && <p class="error" role="alert">{later.reminders.unreachable}</p>}
    </section>
  );
}
