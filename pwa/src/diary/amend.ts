/** What an edit may claim about when the patient wrote it down. */

const SLIP_MS = 60 * 60_000;

/**
 * The recorded time an edited entry carries. Correcting a slip within the hour keeps the first time; a score or a
 * moment changed later is a memory and is recorded as of the change. Other details never move it.
 */
export function recordedAfterEdit(
  before: { pain: number | null; taken_at: string; recorded_at: string },
  after: { pain: number | null; taken_at: string },
  now: string,
): string {
  const sameClaim = before.pain === after.pain && Date.parse(before.taken_at) === Date.parse(after.taken_at);
  const soon = Date.parse(now) - Date.parse(before.recorded_at) <= SLIP_MS;
  return sameClaim || soon ? before.recorded_at : now;
}
