/** Sends taps, again and again where the network fails, and holds the page while one is not saved. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asApiError, useDesk } from "../context";
import { useUnsaved } from "../leaving";
import { send } from "./send";
import { mayRetry, type Tap } from "./taps";
import type { ComplicationForm, InjectionForm, ScoreForm } from "./types";

const AGAIN = 5_000;

export type NewTap = { episodeId: string } & (
  | { kind: "score"; form: ScoreForm }
  | { kind: "injection"; form: InjectionForm }
  | { kind: "complication"; form: ComplicationForm }
);

export interface Taps {
  all: readonly Tap[];
  unsaved: readonly Tap[];
  refused: readonly Tap[];
  add: (tap: NewTap) => void;
  sendNow: () => void;
  dismiss: (id: string) => void;
  /** The server's own list holds these by now. */
  settle: (ids: readonly string[]) => void;
}

export function useTaps(onSaved: () => void): Taps {
  const { api, announce, signIns, ended } = useDesk();
  const [all, setAll] = useState<readonly Tap[]>([]);
  const latest = useRef(all);
  latest.current = all;
  const change = useCallback((id: string, part: Partial<Tap>) => {
    setAll((taps) => taps.map((tap) => (tap.id === id ? ({ ...tap, ...part } as Tap) : tap)));
  }, []);

  const deliver = useCallback(
    async (tap: Tap) => {
      change(tap.id, { state: "sending" });
      try {
        await send(api, tap);
        change(tap.id, { state: "saved", error: null });
        onSaved();
      } catch (cause) {
        const error = asApiError(cause);
        change(tap.id, { state: mayRetry(error) ? "waiting" : "refused", error });
        if (!mayRetry(error)) announce("Not saved.");
      }
    },
    [api, announce, change, onSaved],
  );

  const add = useCallback(
    (made: NewTap) => {
      const tap: Tap = { ...made, id: crypto.randomUUID(), tappedAt: Date.now(), ticks: performance.now(), state: "sending", error: null };
      setAll((taps) => [...taps, tap]);
      void deliver(tap);
    },
    [deliver],
  );

  const sendNow = useCallback(() => {
    for (const tap of latest.current) if (tap.state === "waiting") void deliver(tap);
  }, [deliver]);

  const waiting = all.some((tap) => tap.state === "waiting");
  useEffect(() => {
    // Over an ended session somebody else may be signing in: nothing may slip through as theirs.
    if (!waiting || ended) return;
    const timer = setInterval(sendNow, AGAIN);
    addEventListener("online", sendNow);
    return () => {
      clearInterval(timer);
      removeEventListener("online", sendNow);
    };
  }, [waiting, ended, sendNow]);
  useEffect(sendNow, [signIns]);

  const unsaved = all.filter((tap) => tap.state === "waiting" || tap.state === "sending");
  useUnsaved(unsaved.length > 0);
  return {
    all,
    unsaved,
    refused: all.filter((tap) => tap.state === "refused"),
    add,
    sendNow,
    dismiss: (id) => setAll((taps) => taps.filter((tap) => tap.id !== id)),
    settle: useCallback((ids) => setAll((taps) => taps.filter((tap) => !ids.includes(tap.id))), []),
  };
}
