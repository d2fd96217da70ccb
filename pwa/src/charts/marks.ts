/** The marks of a drawn chart: which entry each stands for, and how the keyboard walks them. */

const STOPS = "[data-entry][tabindex]";

export type Step = "next" | "previous" | "first" | "last";

const KEYS: Record<string, Step> = {
  ArrowRight: "next",
  ArrowDown: "next",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
};

export function stepOfKey(key: string): Step | null {
  return KEYS[key] ?? null;
}

/** The place after a step in a list of `count`, stopping at its ends. */
export function placeAfter(step: Step, place: number, count: number): number {
  if (step === "first") return 0;
  if (step === "last") return count - 1;
  const moved = place + (step === "next" ? 1 : -1);
  return Math.min(Math.max(moved, 0), count - 1);
}

/** Focusable marks in the order of time, which is the order of drawing. */
export function stopsOf(drawing: Element): SVGElement[] {
  const stops = Array.from(drawing.querySelectorAll<SVGElement>(STOPS));
  return stops.length ? stops : Array.from(drawing.querySelectorAll<SVGElement>("[data-entry]"));
}

/** One tab stop for the whole chart: the current mark, else the first. */
export function makeRoving(stops: SVGElement[], current: SVGElement | null): void {
  const stop = current && stops.includes(current) ? current : stops[0];
  for (const mark of stops) mark.setAttribute("tabindex", mark === stop ? "0" : "-1");
}

export function entryOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-entry]")?.getAttribute("data-entry") ?? null;
}

/** Marks the entry under the pointer and those an answer rests on, and dims the rest while an answer is open. */
export function paintMarks(
  drawing: Element,
  active: string | null,
  evidence: ReadonlySet<string> | null,
): void {
  drawing.classList.toggle("has-evidence", evidence !== null && evidence.size > 0);
  for (const mark of Array.from(drawing.querySelectorAll("[data-entry]"))) {
    const id = mark.getAttribute("data-entry") ?? "";
    mark.classList.toggle("is-active", id === active);
    mark.classList.toggle("is-evidence", evidence?.has(id) ?? false);
  }
}

/** A mark's `title` becomes its name: shown as a browser tooltip it would cover the popover. */
export function nameMarks(drawing: Element): void {
  for (const mark of Array.from(drawing.querySelectorAll("[data-entry]"))) {
    const title = Array.from(mark.children).find((child) => child.localName === "title");
    if (!title) continue;
    if (!mark.hasAttribute("aria-label")) mark.setAttribute("aria-label", title.textContent ?? "");
    title.remove();
  }
}
