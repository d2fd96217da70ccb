/** A panel over the page for one decision; Escape and the cross leave everything as it was. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

export function Sheet(props: { title: string; note?: string; onClose: () => void; wide?: boolean; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
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
