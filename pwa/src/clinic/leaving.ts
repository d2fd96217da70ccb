/** Asks before what is typed and not saved is left behind, on the way to another screen and out of the page. */
import { useEffect, useRef } from "preact/hooks";

const QUESTION = "Your changes are not saved. Leave this page and lose them?";

let unsaved: () => boolean = () => false;

/** True when nothing would be lost, or the person says so. */
export function mayLeave(): boolean {
  return !unsaved() || confirm(QUESTION);
}

/** What was typed has been saved, or is let go on purpose. */
export function letGo(): void {
  unsaved = () => false;
}

/** Holds the page while `dirty`; only one form is open at a time. */
export function useUnsaved(dirty: boolean): void {
  const now = useRef(dirty);
  now.current = dirty;
  useEffect(() => {
    const mine = () => now.current;
    unsaved = mine;
    const closing = (event: BeforeUnloadEvent) => {
      if (unsaved()) event.preventDefault();
    };
    addEventListener("beforeunload", closing);
    return () => {
      removeEventListener("beforeunload", closing);
      if (unsaved === mine) letGo();
    };
  }, []);
}
