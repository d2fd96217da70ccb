/** Numbers that open. What opened one closes it, Escape too; the focus is then where it came from. */
import type { ComponentChildren } from "preact";
import { useCallback, useLayoutEffect, useRef, useState } from "preact/hooks";
import { paths } from "../route";
import type { Counted, Figure } from "../types";
import { tied } from "../words";

export interface Opening {
  open: string | null;
  toggle: (key: string, from: HTMLElement) => void;
  /** For the element around the buttons and what they open. */
  onKeyDown: (event: KeyboardEvent) => void;
}

/** At most one of several is open. */
export function useOpening(onChange?: (key: string | null) => void): Opening {
  const [open, setOpen] = useState<string | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const change = (key: string | null) => {
    setOpen(key);
    onChange?.(key);
  };
  return {
    open,
    toggle: (key, from) => {
      opener.current = from;
      change(open === key ? null : key);
    },
    onKeyDown: useEscape(open !== null, () => {
      change(null);
      opener.current?.focus();
    }),
  };
}

/** Closes what is open, and only that: an outer panel does not hear the same key. */
export function useEscape(open: boolean, close: () => void): (event: KeyboardEvent) => void {
  return useCallback(
    (event: KeyboardEvent) => {
      if (!open || event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      close();
    },
    [open, close],
  );
}

/** For the panel: what opens below the edge of the screen comes into sight, as far as it must. */
export function useInSight(open: string | null) {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (open !== null) panel.current?.scrollIntoView({ block: "nearest" });
  }, [open]);
  return panel;
}

/** A number or word that opens what is behind it. */
export function Opener(props: {
  opening: Opening;
  name: string;
  panel: string;
  class?: string;
  label?: string;
  children: ComponentChildren;
}) {
  const { opening, name } = props;
  return (
    <button
      type="button"
      class={props.class ?? "opener"}
      aria-expanded={opening.open === name}
      aria-controls={props.panel}
      aria-label={props.label}
      onClick={(event) => opening.toggle(name, event.currentTarget)}
    >
      {props.children}
    </button>
  );
}

/** One number, opened: its rule in words, whose threshold that is, and what it counts. */
export function FigureDetail({ figure, children }: { figure: Figure; children?: ComponentChildren }) {
  const { label, value, rule, source, criteria, counted } = figure;
  return (
    <div class="figure-opened">
      <p>
        <b>{value === null ? label : `${label}: ${value}`}.</b> {tied(rule)}
      </p>
      <p class="hint">
        Source: {source}.{criteria && ` Criteria ${criteria}.`}
      </p>
      {children}
      {counted.length > 0 && (
        <ul class={`counted ${counted.some(isEntry) && !counted.every(isEntry) ? "counted-by-block" : ""}`}>
          {counted.map((one) => (
            <li key={`${one.episode_id} ${one.text}`} class={isEntry(one) ? "counted-entry" : undefined}>
              <CountedLine counted={one} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function isEntry({ entry_id }: Counted): boolean {
  return entry_id !== null;
}

function CountedLine({ counted: { text, episode_id, entry_id } }: { counted: Counted }) {
  if (!episode_id) return <>{text}</>;
  return <a href={entry_id ? paths.entry(episode_id, entry_id) : paths.episode(episode_id)}>{text}</a>;
}
