/** This browser's push subscription: asked for by a tap, looked at again at every open. */
import type { DiaryStore, Meta } from "../store/store.ts";
import type { Known } from "../sync/reminders.ts";
import { fetchLeaflets } from "../sync/leaflets.ts";
import { ownZone, tellPresence } from "../sync/reminders.ts";
import { asSubscription, isFor, subscriptionFor } from "../sync/subscription.ts";

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
  return tellPresence(asSubscription(await within(subscriptionFor(registration.pushManager, key))));
}

/** Posts the zone and the subscription there is; one that no push can reach any more is made anew. */
export async function checkIn(): Promise<Known> {
  const kept = await keptSubscription();
  const known = await tellPresence(kept && asSubscription(kept));
  if (!known.push_key || !isBroken(known, known.push_key, kept) || !canPush() || Notification.permission !== "granted") return known;
  await kept?.unsubscribe();
  // One that cannot be had is told to the patient as ended, and tried again at the next look.
  return subscribe(known.push_key).catch(() => tellPresence(null));
}

/** Wanted, and given up by its push service, lost by the browser, or made for a key the server no longer signs with. */
function isBroken({ push, channels }: Known, key: string, kept: PushSubscription | null): boolean {
  return channels.includes("push") && (push === "dead" || (kept !== null && !isFor(kept, key)));
}

async function keptSubscription(): Promise<PushSubscription | null> {
  const registration = canPush() ? await navigator.serviceWorker.getRegistration() : undefined;
  return (await registration?.pushManager.getSubscription().catch(() => null)) ?? null;
}

/** Checks in now, once the phone is enrolled, and whenever the app is looked at again: hourly, and at once after a change. */
export function keepCheckingIn(store: DiaryStore): void {
  let last = 0;
  let told = "";
  const look = async () => {
    if (document.visibilityState !== "visible") return;
    if (Date.now() - last < HOURLY && told === (await toTell())) return;
    const { meta } = await store.snapshot();
    if (!meta.diary || meta.pause) return;
    last = Date.now();
    told = await toTell();
    // Without a network the next look tries again.
    await checkIn().then((known) => keepState(store, known), () => void (last = 0));
    told = await toTell();
    await fetchLeaflets(store, fetch.bind(globalThis));
  };
  const quietly = () => void look().catch(() => undefined);
  document.addEventListener("visibilitychange", quietly);
  store.subscribe(quietly);
  quietly();
}

/** What the server is to know of this phone: a journey changes the one, the browser by itself the other. */
async function toTell(): Promise<string> {
  return `${ownZone()} ${(await keptSubscription())?.endpoint ?? ""}`;
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
