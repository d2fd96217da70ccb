/** Shows a server-drawn chart whose marks answer to pointer, touch and keyboard. */
import type { ComponentChildren } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { entryOf, makeRoving, nameMarks, paintMarks, placeAfter, stepOfKey, stopsOf } from "./marks";
import { useChartUrl } from "./useChartUrl";
import { useDrawing } from "./useDrawing";

export interface ChartProps {
  /** The address without its theme and layout. */
  address: string;
  /** Changes when the drawing must be fetched again. */
  version: string;
  label: string;
  active: string | null;
  evidence: ReadonlySet<string> | null;
  onActive: (entryId: string | null) => void;
  /** Enter on a mark: go to where the entry stands in full. */
  onChosen: (entryId: string) => void;
  tip: (entryId: string) => ComponentChildren;
  /** Called when the chart stands, or when it is clear that it does not come: its height is known then. */
  onSettled?: () => void;
}

export function InteractiveChart(props: ChartProps) {
  const { address, version, active, evidence, onActive, onChosen } = props;
  const host = useRef<HTMLDivElement>(null);
  const { url, frame } = useChartUrl(address);
  const { drawing, problem, retry } = useDrawing(url, version, host, answering);

  useEffect(() => {
    if (drawing) paintMarks(drawing, active, evidence);
  }, [drawing, active, evidence]);

  useEffect(() => {
    if (drawing || problem) props.onSettled?.();
  }, [drawing, problem]);

  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.key === "Escape") onActive(null);
      const id = entryOf(event.target);
      if (id && event.key === "Enter") onChosen(id);
      const step = stepOfKey(event.key);
      if (!step || !drawing || !id) return;
      event.preventDefault();
      const stops = stopsOf(drawing);
      const here = stops.indexOf((event.target as Element).closest("[data-entry]") as SVGElement);
      const next = stops[placeAfter(step, here, stops.length)];
      makeRoving(stops, next ?? null);
      next?.focus();
    },
    [drawing, onActive, onChosen],
  );

  return (
    <div
      class="chart"
      ref={frame}
      role="group"
      aria-label={props.label}
      onKeyDown={onKeyDown}
      onPointerOver={(event) => {
        const id = entryOf(event.target);
        if (id) onActive(id);
      }}
      onPointerLeave={() => onActive(entryOf(document.activeElement))}
      onFocusIn={(event) => {
        const id = entryOf(event.target);
        if (id) onActive(id);
      }}
      onFocusOut={() => onActive(null)}
    >
      <div ref={host} class="chart-drawing" />
      {problem && !drawing && (
        <p class="chart-problem">
          The chart could not be loaded.{" "}
          <button type="button" class="quiet" onClick={retry}>
            Try again
          </button>
        </p>
      )}
      {drawing && active && <Tip drawing={drawing} entryId={active} content={props.tip(active)} />}
    </div>
  );
}

/** Gives the marks their names and one of them the place in the tab order. */
function answering(drawing: SVGSVGElement): void {
  nameMarks(drawing);
  makeRoving(stopsOf(drawing), null);
}

const GAP = 10;

/** The popover beside a mark: above it where there is room, and inside the chart's width. */
function Tip(props: { drawing: SVGSVGElement; entryId: string; content: ComponentChildren }) {
  const { drawing, entryId, content } = props;
  const box = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const tip = box.current;
    const mark = drawing.querySelector(`[data-entry="${CSS.escape(entryId)}"]`);
    const frame = tip?.parentElement?.getBoundingClientRect();
    if (!tip || !frame) return;
    tip.hidden = !mark;
    if (!mark) return;
    const at = mark.getBoundingClientRect();
    const middle = at.left + at.width / 2 - frame.left;
    const left = Math.min(Math.max(middle - tip.offsetWidth / 2, 0), frame.width - tip.offsetWidth);
    const above = at.top - frame.top - tip.offsetHeight - GAP;
    tip.style.left = `${Math.max(left, 0)}px`;
    tip.style.top = `${above >= 0 ? above : at.bottom - frame.top + GAP}px`;
  }, [drawing, entryId, content]);

  return (
    <div class="chart-tip" ref={box} role="tooltip">
      {content}
    </div>
  );
}
