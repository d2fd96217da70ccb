/** What every screen may use: the API, who is signed in, and a way to say something aloud. */
import { createContext } from "preact";
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";
import { ApiError, type ClinicApi } from "./api";
import { askNow } from "./attention";
import type { Role, Session } from "./types";

export interface Desk {
  api: ClinicApi;
  session: Session;
  setSession: (session: Session) => void;
  navigate: (path: string, replace?: boolean) => void;
  announce: (text: string) => void;
  /** Grows with every sign-in, so that a screen that lost its session loads again. */
  signIns: number;
  /** The session is over; whoever signs in next may be somebody else. */
  ended: boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("used outside a signed-in desk");
  return desk;
}

/** What a role sees; the server decides again. */
export function may(role: Role, action: "enrol" | "correct" | "settings" | "alerts" | "devices" | "digest" | "accept" | "cohort" | "import" | "sign" | "recover" | "oversee"): boolean {
  if (action === "oversee") return role === "admin" || role === "auditor";
  if (action === "cohort") return role !== "nurse";
  if (role === "auditor") return false;
  if (action === "import") return role === "physician" || role === "admin";
  if (action === "accept" || action === "sign") return role === "physician";
  if (action === "settings") return role === "admin";
  if (action === "enrol" || action === "devices" || action === "digest") return true;
  return role === "physician" || role === "nurse";
}

export interface Resource<T> {
  data: T | null;
  error: ApiError | null;
  loading: boolean;
  reload: () => void;
  replace: (data: T) => void;
}

/** Loads on mount and whenever `key` changes; what was shown stays until the new answer is there. */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [state, setState] = useState<{ key: string; data: T | null; error: ApiError | null; loading: boolean }>(
    { key, data: null, error: null, loading: true },
  );
  const [turn, setTurn] = useState(0);
  const signIns = useContext(DeskContext)?.signIns ?? 0;
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const abort = new AbortController();
    setState((old) => ({ ...old, key, loading: true, data: old.key === key ? old.data : null }));
    latest.current(abort.signal).then(
      (data) => setState({ key, data, error: null, loading: false }),
      (cause: unknown) => {
        if (abort.signal.aborted) return;
        setState((old) => ({ ...old, error: asApiError(cause), loading: false }));
      },
    );
    return () => abort.abort();
  }, [key, turn, signIns]);

  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const replace = useCallback((data: T) => setState({ key, data, error: null, loading: false }), [key]);
  const current = state.key === key ? state : { data: null, error: null, loading: true };
  return { data: current.data, error: current.error, loading: current.loading, reload, replace };
}

export function asApiError(cause: unknown): ApiError {
  return cause instanceof ApiError ? cause : new ApiError("unexpected", 0);
}

/** Runs one write at a time and keeps its failure to show. */
export function useAction() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = useCallback(async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setError(null);
    try {
      return await work();
    } catch (cause) {
      setError(asApiError(cause));
      return undefined;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, run, clear: () => setError(null) };
}

/** The time, once in `seconds`, for countdowns and "12 min ago". */
export function useNow(seconds: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}

/** Calls back every `seconds` while someone is at the page, and when it is looked at again. */
export function useWhileVisible(seconds: number, callback: () => void): void {
  const latest = useRef(callback);
  latest.current = callback;
  useEffect(() => {
    if (seconds <= 0) return;
    const call = () => {
      if (document.visibilityState === "visible" && askNow()) latest.current();
    };
    const timer = setInterval(call, seconds * 1000);
    document.addEventListener("visibilitychange", call);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", call);
    };
  }, [seconds]);
}
