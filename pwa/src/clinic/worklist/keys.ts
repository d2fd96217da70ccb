/** The worklist by keyboard: j and k, or the arrows, walk the rows; Enter opens one; / goes to the search. */

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea");
}

/** Walks from the row that has the focus; without one, j and k begin at the first or the last row. */
export function onWorklistKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("worklist-search")?.focus();
    return;
  }
  const step = STEPS[event.key];
  if (!step) return;
  const rows = Array.from(document.querySelectorAll<HTMLElement>("a.row-link"));
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const arrow = event.key.startsWith("Arrow");
  if (here < 0 && arrow) return; // the arrows scroll the page until a row has the focus
  const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
