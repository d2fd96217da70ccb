/** A browser's push subscription, for pages and for the service worker: what the server is told of it, and its key. */

export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export function asSubscription(made: PushSubscription): Subscription {
  const { endpoint, keys } = made.toJSON();
  return { endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" };
}

/** Whether pushes signed with this key of the server would reach it; a browser that does not say is believed. */
export function isFor({ options }: PushSubscription, key: string): boolean {
  const made = options?.applicationServerKey;
  return !made || new Uint8Array(made).join() === fromBase64(key).join();
}

/** The subscription for the server's key: the one there is, or a new one in place of one for another key. */
export async function subscriptionFor(manager: PushManager, key: string): Promise<PushSubscription> {
  const kept = await manager.getSubscription();
  // A browser refuses a second subscription with another key.
  if (kept && !isFor(kept, key)) await kept.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64(key) });
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
