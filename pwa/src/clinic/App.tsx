/** The signed-in frame: which screen is shown, who is signed in, and what happens when a session ends. */
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { OwnPassword } from "./admin/OwnPassword";
import { ApiError, type ClinicApi } from "./api";
import { asApiError, type Desk, DeskContext } from "./context";
import { letGo, mayLeave } from "./leaving";
import { forgetEverything } from "./memory";
import { Failure, Waiting } from "./parts/notices";
import { parseRoute, type Route } from "./route";
import { HandedOver } from "./recovery/HandedOver";
import { type HandOver, type HeldTap, leftBy, mayEnter } from "./recovery/handOver";
import { Screen } from "./Screen";
import { SignIn } from "./SignIn";
import { TopBar } from "./TopBar";
import type { Session } from "./types";

export function App({ api }: { api: ClinicApi }) {
  const { route, navigate } = useRoute();
  const { announcement, announce } = useAnnouncer();
  const account = useAccount(api, announce);
  const { session, ended, signIns, left } = account;
  const desk = useMemo<Desk | null>(
    () => session && { api, session, navigate, announce, signIns, ended, setSession: account.update },
    [api, session, navigate, announce, signIns, ended, account.update],
  );

  if (account.starting) return <Waiting label="Loading…" />;
  if (account.startProblem)
    return (
      <main class="alone">
        <h1>Afterblock</h1>
        <Failure error={account.startProblem} onRetry={account.start} />
      </main>
    );
  if (session?.clinician.one_time && !ended) return <FirstPassword api={api} account={account} />;
  return (
    <>
      {desk && (
        // Kept alive but out of sight while the session is over: a half-filled form must survive.
        <div hidden={ended} key={account.owner}>
          <DeskContext.Provider value={desk}>
            <TopBar route={route} onSignOut={account.signOut} />
            {left.map((one) => (
              <HandedOver key={one.taps[0]?.tap.id} left={one} onLeft={(taps) => account.leave(one, taps)} onSaved={account.look} />
            ))}
            <Screen route={route} />
          </DeskContext.Provider>
        </div>
      )}
      {(!desk || ended) && <SignIn api={api} again={ended} onSignedIn={account.signedIn} />}
      <div class="unseen" role="status" aria-live="polite">
        {announcement}
      </div>
    </>
  );
}

/** Signed in by a password somebody else knows: nothing else is loaded before it is replaced. */
function FirstPassword({ api, account }: { api: ClinicApi; account: ReturnType<typeof useAccount> }) {
  return (
    <main class="alone">
      <div class="card sign-in">
        <h1>Choose your password</h1>
        <p class="section-note">The one you were given opens nothing else. Nobody but you knows the new one.</p>
        <OwnPassword api={api} first onDone={account.start} />
      </div>
    </main>
  );
}

const LOSE_HELD = "A colleague's taps are not saved. Sign out and lose them?";

function useAccount(api: ClinicApi, announce: (text: string) => void) {
  const [session, setSession] = useState<Session | null>(null);
  const [ended, setEnded] = useState(false);
  const [starting, setStarting] = useState(true);
  const [startProblem, setStartProblem] = useState<ApiError | null>(null);
  const [signIns, setSignIns] = useState(0);
  const [left, setLeft] = useState<readonly HandOver[]>([]);
  const current = useRef<Session | null>(null);
  current.current = session;
  const owner = session?.clinician.clinician_id ?? "";

  const signedIn = useCallback((next: Session) => {
    const before = current.current;
    if (before?.clinician.clinician_id !== next.clinician.clinician_id) {
      // What one clinician had open is not for the next one; what was done for a patient must not be lost.
      const found = leftBy(before);
      if (found) setLeft((held) => [...held, found]);
      forgetEverything();
    }
    setSession(next);
    setEnded(false);
    setSignIns((n) => n + 1);
    // Out of the vanished sign-in form, back to the page behind it.
    setTimeout(() => document.querySelector<HTMLElement>("#main h1")?.focus());
  }, []);

  const start = useCallback(() => {
    setStarting(true);
    setStartProblem(null);
    api
      .session()
      .then(signedIn, (cause: unknown) => {
        const error = asApiError(cause);
        if (error.status !== 401) setStartProblem(error);
      })
      .finally(() => setStarting(false));
  }, [api, signedIn]);

  useEffect(start, [start]);
  useEffect(() => {
    api.onSignedOut = () => setEnded(true);
  }, [api]);

  useHeldPage(left.length > 0);
  const held = useRef(left);
  held.current = left;
  const signOut = useCallback(async () => {
    // What this person cannot enter waits, out of sight, for somebody who can.
    const kept = held.current.filter((one) => current.current && !mayEnter(current.current, one));
    if (!mayLeave() || (kept.length < held.current.length && !confirm(LOSE_HELD))) return;
    try {
      await api.signOut();
    } catch (cause) {
      if (asApiError(cause).status !== 401) {
        announce("Could not sign out. Please try again.");
        throw cause;
      }
    }
    letGo();
    forgetEverything();
    setLeft(kept);
    setSession(null);
    setEnded(false);
    history.replaceState(null, "", "/clinic");
    dispatchEvent(new PopStateEvent("popstate"));
  }, [api, announce]);

  const leave = useCallback((one: HandOver, taps: readonly HeldTap[]) => {
    setLeft((held) => held.flatMap((other) => (other !== one ? [other] : taps.length ? [{ ...one, taps }] : [])));
  }, []);
  const look = useCallback(() => setSignIns((n) => n + 1), []);
  return { session, ended, starting, startProblem, signIns, owner, left, leave, look, signedIn, start, signOut, update: setSession };
}

/** The browser asks before the page is closed over a colleague's taps, signed in or not. */
function useHeldPage(held: boolean): void {
  useEffect(() => {
    if (!held) return;
    const closing = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", closing);
    return () => removeEventListener("beforeunload", closing);
  }, [held]);
}

function useRoute() {
  const [route, setRoute] = useState<Route>(() => parseRoute(location.pathname, location.search));
  const here = useRef(location.pathname + location.search);
  const navigate = useCallback((path: string, replace = false) => {
    if (!mayLeave()) return;
    here.current = path;
    history[replace ? "replaceState" : "pushState"](null, "", path);
    setRoute(parseRoute(location.pathname, location.search));
    scrollTo(0, 0);
  }, []);

  useEffect(() => {
    const moved = () => {
      // Going back has already changed the address: put it back for someone who stays.
      if (!mayLeave()) return history.pushState(null, "", here.current);
      here.current = location.pathname + location.search;
      setRoute(parseRoute(location.pathname, location.search));
    };
    const clicked = (event: MouseEvent) => {
      const path = innerPath(event);
      if (path === null) return;
      event.preventDefault();
      navigate(path);
    };
    addEventListener("popstate", moved);
    document.addEventListener("click", clicked);
    return () => {
      removeEventListener("popstate", moved);
      document.removeEventListener("click", clicked);
    };
  }, [navigate]);

  return { route, navigate };
}

/** The clinic address a plain click leads to; null leaves the click to the browser. */
function innerPath(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || link.target || link.origin !== location.origin) return null;
  const samePage = link.pathname === location.pathname && link.search === location.search;
  if ((link.hash && samePage) || !/^\/clinic(\/|$)/.test(link.pathname)) return null;
  return link.pathname + link.search + link.hash;
}

/** A polite live region; the same text twice is still said twice. */
function useAnnouncer() {
  const [announcement, setAnnouncement] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const announce = useCallback((text: string) => {
    setAnnouncement("");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnnouncement(text), 60);
  }, []);
  return { announcement, announce };
}
