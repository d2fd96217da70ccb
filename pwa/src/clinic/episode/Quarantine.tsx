/** Records the server could not use: kept as they came, for staff to look at. */
import { paths } from "../route";
import type { Quarantined } from "../types";
import { quarantineText } from "./quarantineText";

export function Quarantine(props: { records: Quarantined[]; zone: string }) {
  const { records } = props;
  if (!records.length) return null;
  return (
    <details class="fold quarantine">
      <summary>
        <b>{records.length === 1 ? "1 record held back" : `${records.length} records held back`}</b>
        <span class="fold-note">kept as received, not read; ask the patient</span>
      </summary>
      <p>
        <a href={paths.inbox}>Decide in the inbox</a>
      </p>
      <ul class="plain-list">
        {records.map((record) => (
          <li key={record.quarantine_id}>
            <Held record={record} zone={props.zone} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Held({ record, zone }: { record: Quarantined; zone: string }) {
  const { problem, when } = quarantineText(record, zone);
  return (
    <>
      <p>
        <b>{problem}</b>, {when}
      </p>
      <details class="fold">
        <summary>As received</summary>
        <pre tabIndex={0} aria-label="Record as received">
          {rawText(record.raw)}
        </pre>
      </details>
    </>
  );
}

/** The raw record, laid out when it is JSON, else exactly as it came. */
export function rawText(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
