/** Whether somebody is helping the patient, as it was last said: what comes right after a form need not be told again. */
const SAME_SITTING_MS = 30 * 60_000;

let said: { helping: boolean; at: number } | null = null;

export function sayHelping(helping: boolean, at: number): void {
  said = { helping, at };
}

export function isHelping(now: number): boolean {
  return said !== null && said.helping && Math.abs(now - said.at) < SAME_SITTING_MS;
}
