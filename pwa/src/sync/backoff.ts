/** How long to wait before the next try. */

const FIRST_MS = 2_000;
const LONGEST_MS = 5 * 60_000;

/** Doubles from 2 s to at most 5 min, and draws from its upper half so that phones do not come back all at once. */
export function backoff(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (0.5 + random / 2));
}
