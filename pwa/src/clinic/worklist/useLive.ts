/** Asks every few seconds whether the list has changed, and only then for the list. */
import { useRef } from "preact/hooks";
import { useDesk, useWhileVisible } from "../context";

const SECONDS = 5;

/** `shown` is the pulse of the list on the screen; null while there is none. */
export function useLive(shown: string | null, reload: () => void): void {
  const { api } = useDesk();
  const asking = useRef(false);
  useWhileVisible(SECONDS, () => {
    if (asking.current || shown === null) return;
    asking.current = true;
    api
      .pulse()
      .then((now) => {
        if (now !== shown) reload();
      })
      // The next round asks again; a session that has ended shows the sign-in by itself.
      .catch(() => undefined)
      .finally(() => {
        asking.current = false;
      });
  });
}
