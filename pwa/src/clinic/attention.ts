/** When the page may ask the server by itself: a desk nobody sits at must be able to run into its session's end. */

/** Asking stops this long after the last key, tap or move, in milliseconds. */
export const ATTENTION = 5 * 60_000;

/** Longer than the server keeps an idle session: the next answer then covers what is on the screen. */
export const PAST_IDLE = 15.5 * 60_000;

let lastInput = Date.now();
let lastAsked = Date.now();

export function mayAsk(now: number, input: number, asked: number): boolean {
  return now - input < ATTENTION || now - asked > PAST_IDLE;
}

/** True at most when a refresh is due; notes that it was asked for. */
export function askNow(now = Date.now()): boolean {
  if (!mayAsk(now, lastInput, lastAsked)) return false;
  lastAsked = now;
  return true;
}

export function watchAttention(target: EventTarget): void {
  const seen = () => {
    lastInput = Date.now();
  };
  for (const type of ["pointerdown", "pointermove", "keydown", "wheel"])
    target.addEventListener(type, seen, { passive: true });
}
