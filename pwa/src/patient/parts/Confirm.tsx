/** A question before something that cannot be taken back. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/index.ts";

interface Props {
  title: string;
  text: string;
  yes: string;
  onYes: () => void;
  onNo: () => void;
  children?: ComponentChildren;
}

export function Confirm({ title, text, yes, onYes, onNo, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closing is what gives the focus back to where it was; taken out of the page as it is, a dialog leaves it nowhere.
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby="confirm-title" onCancel={(event) => { event.preventDefault(); onNo(); }}>
      <h2 id="confirm-title">{title}</h2>
      <p>{text}</p>
      {children}
      <div class="stack">
        <button type="button" class="secondary" onClick={onNo}>{t.common.cancel}</button>
        <button type="button" class="secondary danger" onClick={onYes}>{yes}</button>
      </div>
    </dialog>
  );
}
