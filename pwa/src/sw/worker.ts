/** The service worker: keeps the patient app's shell on the phone and leaves everything else alone. */
import { deleteOldShells, installShell } from "./shell";
import { open, show } from "./push";
import { renew } from "./renew";
import { answer } from "./routes";
import { wakeStore } from "./wake";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(installShell());
});

self.addEventListener("activate", (event) => {
  // The very first page is answered for at once, so that what it has not loaded yet cannot go missing.
  event.waitUntil(deleteOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const reply = answer(event.request, self.location.origin);
  if (!reply) return;
  event.respondWith(reply);
  if (event.request.mode === "navigate") wakeStore();
});

self.addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
});

self.addEventListener("pushsubscriptionchange", (event) => {
  (event as ExtendableEvent).waitUntil(renew(self.registration.pushManager));
});

self.addEventListener("notificationclick", (event) => {
  event.waitUntil(open(event.notification));
});

// The page asks for this only while it is hidden and nothing is open in it.
self.addEventListener("message", (event) => {
  if (event.data === "activate") event.waitUntil(self.skipWaiting());
});
