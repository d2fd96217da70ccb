/** Registers the service worker and lets a new version take over only while nothing is open in the app. */

interface ScriptPolicy {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): ScriptPolicy;
}

const WORKER = "/sw.js";
const HOURLY = 60 * 60_000;

/** `onUpdate` is called when a newer version waits. `isIdle` says whether no form and no answer to a symptom is open. */
export async function keepShell(onUpdate: () => void, isIdle: () => boolean): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(workerUrl(), { updateViaCache: "none" });
  let checkedAt = Date.now();
  let asked = false;
  const unseen = () => document.visibilityState === "hidden" && isIdle();
  const look = () => {
    // The first worker waits for a moment too; it is the version that is running already.
    if (!registration.waiting || !registration.active) return;
    onUpdate();
    if (!unseen()) return;
    asked = true;
    registration.waiting.postMessage("activate");
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    // Begun again out of sight; a page somebody has come back to meanwhile goes on as it is, with its own version's files.
    if (asked && unseen()) location.reload();
  });
  document.addEventListener("visibilitychange", () => {
    look();
    if (document.visibilityState !== "visible" || Date.now() - checkedAt < HOURLY) return;
    checkedAt = Date.now();
    void registration.update().catch(() => undefined);
  });
  look();
}

function workerUrl(): string {
  const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
  if (!types) return WORKER;
  const policy = types.createPolicy("afterblock", {
    createScriptURL: (url) => {
      if (url !== WORKER) throw new TypeError("only the service worker may be loaded");
      return url;
    },
  });
  return policy.createScriptURL(WORKER);
}
