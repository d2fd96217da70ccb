/** A panel over the page for one decision; Escape and the cross leave everything as it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { useDesk } from "../context";

export function Sheet(props: { title: string; note?: string; onClose: () => void; wide?: boolean; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { ended } = useDesk();
  const before = useRef(document.activeElement);
  // A modal panel makes all else inert, the sign-in of an ended session too: it steps back, filled in as it is, until that is done.
  useLayoutEffect(() => {
    if (ended) return;
    dialog.current?.showModal();
    return () => dialog.current?.close();
  }, [ended]);
  useEffect(() => () => {
    if (before.current instanceof HTMLElement) before.current.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`sheet ${props.wide ? "sheet-wide" : ""}`}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <header class="sheet-head">
        <h2 id={title}>{props.title}</h2>
        <button type="button" class="quiet" onClick={props.onClose}>
          Close
        </button>
      </header>
      {props.note && <p class="sheet-note">{props.note}</p>}
      {props.children}
    </dialog>
  );
}
