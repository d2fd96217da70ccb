/** The address bar as the app's only navigation state. */
import { useEffect, useState } from "preact/hooks";

export interface Route {
  path: string;
  /** The check-in a reminder's link names, `/?checkin=m30`. */
  checkin: string | null;
  /** What one screen hands to the next; never in the address, because it may say how the patient feels. */
  state: Record<string, unknown>;
}

const MOVED = "afterblock:moved";

export function go(path: string, state: Record<string, unknown> = {}): void {
  history.pushState(state, "", path);
  dispatchEvent(new Event(MOVED));
}

export function replace(path: string): void {
  history.replaceState({}, "", path);
  dispatchEvent(new Event(MOVED));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const update = () => setRoute(current());
    addEventListener("popstate", update);
    addEventListener(MOVED, update);
    return () => {
      removeEventListener("popstate", update);
      removeEventListener(MOVED, update);
    };
  }, []);
  return route;
}

function current(): Route {
  const state: unknown = history.state;
  const checkin = new URLSearchParams(location.search).get("checkin");
  return { path: location.pathname, checkin, state: typeof state === "object" && state !== null ? (state as Record<string, unknown>) : {} };
}

/** Follows a link inside the app without loading the page again; keeps the browser's own ways to open it elsewhere. */
export function follow(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go(link.pathname);
}
