/** Decides which requests the stored shell answers. Data, the clinic's app and unknown files go to the network. */
import { fromShell, isPrecached } from "./shell";

const NOT_OURS = /^\/(api|clinic|assets\/clinic|healthz|readyz|sw\.js)(\/|$|\.)/;

/** The reply for a request of the patient app's shell, or null when the browser should ask the network itself. */
export function answer(request: Request, origin: string): Promise<Response> | null {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== origin || NOT_OURS.test(url.pathname)) return null;
  if (request.mode === "navigate") return isFile(url.pathname) ? null : fromShell("/");
  return isPrecached(url.pathname) ? fromShell(url.pathname) : null;
}

function isFile(path: string): boolean {
  return path.split("/").at(-1)?.includes(".") ?? false;
}
