/**
 * The worker that takes itself away: what the server gives out instead of the other one when the operator switches the
 * offline shell off. It leaves the diary alone, and open pages as they are.
 */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(self.skipWaiting());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(leave());
});

async function leave(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith("afterblock-shell-")) await caches.delete(name);
  await self.registration.unregister();
}

export {};
