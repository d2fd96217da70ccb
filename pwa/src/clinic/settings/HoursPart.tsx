/** Opening hours and holidays: reports for the next working day are due by them. */
import { useState } from "preact/hooks";
import { CheckField, TextField } from "../parts/inputs";
import { isRealDate } from "../time";
import { PartFrame } from "./PartFrame";
import { hoursProblem, hoursText, WEEKDAYS } from "./partText";
import type { Hours, Part } from "./types";
import { usePart } from "./usePart";

export function HoursPart({ part }: { part: Part<unknown> }) {
  const editor = usePart<Hours>(part, "/settings/hours");
  const { value, set } = editor;
  return (
    <PartFrame
      part="hours"
      title="Opening hours"
      note="Reports for the next working day are due when the next working day ends. Emergency and same-day reports do not wait for opening hours."
      editor={editor}
      problem={hoursProblem(value)}
      show={hoursText}
    >
      <div class="week" role="group" aria-label="Weekdays">
        {WEEKDAYS.map(([day, name]) => {
          const span = value.days[day];
          const put = (next: Hours["days"][typeof day]) => set({ ...value, days: { ...value.days, [day]: next } });
          return (
            <div class="week-day" key={day} role="group" aria-label={name}>
              <CheckField
                name={`hours-${day}`}
                label={name}
                checked={span !== null}
                onValue={(on) => put(on ? { opens: "08:00", closes: "17:00" } : null)}
              />
              {span ? (
                <>
                  <TextField name={`opens-${day}`} label="Opens" type="time" width="time" value={span.opens} onValue={(opens) => put({ ...span, opens })} />
                  <TextField name={`closes-${day}`} label="Closes" type="time" width="time" value={span.closes} onValue={(closes) => put({ ...span, closes })} />
                </>
              ) : (
                <span class="faint">closed</span>
              )}
            </div>
          );
        })}
      </div>
      <Holidays value={value} set={set} />
    </PartFrame>
  );
}

function Holidays({ value, set }: { value: Hours; set: (value: Hours) => void }) {
  const [date, setDate] = useState("");
  const [name, setName] = useState("");
  const known = value.holidays.some((holiday) => holiday.date === date);
  const add = () => {
    const holidays = [...value.holidays, { date, name: name.trim() }].sort((a, b) => a.date.localeCompare(b.date));
    set({ ...value, holidays });
    setDate("");
    setName("");
  };
  return (
    <div class="holidays" role="group" aria-label="Holidays">
      <p class="label">Holidays</p>
      {value.holidays.length > 0 && (
        <ul class="plain-list">
          {value.holidays.map((holiday) => (
            <li key={holiday.date}>
              <b>{holiday.date}</b> {holiday.name}
              <button
                type="button"
                class="quiet"
                onClick={() => set({ ...value, holidays: value.holidays.filter((one) => one !== holiday) })}
              >
                Remove<span class="unseen"> {holiday.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="row">
        <TextField name="holiday-date" label="Day" type="date" width="medium" value={date} onValue={setDate} problem={known ? "This day is listed already." : undefined} />
        <TextField name="holiday-name" label="Name" value={name} onValue={setName} maxLength={80} />
        <button type="button" class="beside-field" disabled={!isRealDate(date) || !name.trim() || known} onClick={add}>
          Add the holiday
        </button>
      </div>
    </div>
  );
}
