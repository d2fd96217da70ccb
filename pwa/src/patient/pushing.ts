/** This browser's push subscription: asked for by a tap, looked at again at every open. */
import type { DiaryStore, Meta } from "../store/store.ts";
import type { Known, Subscription } from "../sync/reminders.ts";
import { fetchLeaflets } from "../sync/leaflets.ts";
import { tellPresence } from "../sync/reminders.ts";

/** Some browsers never answer; waiting for ever would look as if the app hung. */
const PATIENCE_MS = 20_000;
const HOURLY = 60 * 60_000;

export type PushTrouble = "unsupported" | "denied" | "failed";

/** Whether this browser could take pushes at all. On an iPhone only an app on the Home Screen can. */
export function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

/** Asks for permission and subscribes; throws a `PushTrouble`. Must run in a tap. */
export async function subscribe(key: string): Promise<Known> {
  if (!canPush()) throw trouble("unsupported");
  if ((await Notification.requestPermission()) !== "granted") throw trouble("denied");
  const registration = await within(navigator.serviceWorker.ready);
  const applicationServerKey = fromBase64(key);
  const made = await within(registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
  return tellPresence(asSubscription(made));
}

/** Posts the zone and the subscription there is; one that the push service gave up is made anew. */
export async function checkIn(): Promise<Known> {
  const registration = canPush() ? await navigator.serviceWorker.getRegistration() : undefined;
  const kept = (await registration?.pushManager.getSubscription().catch(() => null)) ?? null;
  const known = await tellPresence(kept && asSubscription(kept));
  if (known.push !== "dead" || !kept || !known.push_key || Notification.permission !== "granted") return known;
  await kept.unsubscribe();
  return subscribe(known.push_key);
}

/** Checks in now, once the phone is enrolled, and whenever the app is looked at again, at most once an hour. */
export function keepCheckingIn(store: DiaryStore): void {
  let last = 0;
  const look = async () => {
    if (document.visibilityState !== "visible" || Date.now() - last < HOURLY) return;
    const { meta } = await store.snapshot();
    if (!meta.diary || meta.pause) return;
    last = Date.now();
    // Without a network the next look tries again.
    await checkIn().then((known) => keepState(store, known), () => void (last = 0));
    await fetchLeaflets(store, fetch.bind(globalThis));
  };
  const quietly = () => void look().catch(() => undefined);
  document.addEventListener("visibilitychange", quietly);
  store.subscribe(quietly);
  quietly();
}

/** The phone itself remembers whether reminders reach the patient, to tell it without a network too. */
export async function keepState(store: DiaryStore, known: Known): Promise<void> {
  const { meta } = await store.snapshot();
  const trouble = troubleOf(known);
  if ((meta.push ?? "none") === known.push && JSON.stringify(meta.unreminded ?? null) === JSON.stringify(trouble)) return;
  await store.change(async (tx) => {
    const kept = tx.objectStore("meta");
    await kept.put(known.push, "push");
    await (trouble ? kept.put(trouble, "unreminded") : kept.delete("unreminded"));
  });
}

/** The first way that the patient wanted and that does not work; "unset" where no way was ever chosen. */
export function troubleOf(known: Known): Meta["unreminded"] | null {
  const wanted = known.channels.filter((channel) => known.offered.includes(channel));
  const told = (why: Meta["unreminded"]["why"]) => ({ why, push_key: known.push_key });
  if (wanted.includes("push") && known.push === "dead") return told("push");
  for (const channel of ["email", "sms"] as const) {
    if (wanted.includes(channel) && known.refused.includes(channel)) return told(channel);
  }
  const reached = wanted.some((channel) => channel !== "push" || known.push === "on") || known.calendar !== null;
  // Whoever wants no reminders has said so by choosing no way at all.
  return reached || known.channels.length === 0 || known.offered.length === 0 ? null : told("unset");
}

function asSubscription(made: PushSubscription): Subscription {
  const { endpoint, keys } = made.toJSON();
  return { endpoint: endpoint ?? "", p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" };
}

function trouble(why: PushTrouble): Error {
  return new Error(why);
}

async function within<Value>(promise: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, fail) => (timer = setTimeout(() => fail(trouble("failed")), PATIENCE_MS)));
  try {
    return await Promise.race([promise, over]);
  } catch {
    throw trouble("failed");
  } finally {
    clearTimeout(timer);
  }
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}
