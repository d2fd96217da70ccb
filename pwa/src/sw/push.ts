/** Shows what was pushed, tells the server that it was shown and opened, and leads to the check-in it is about. */
import { ask } from "./ask";

declare const self: ServiceWorkerGlobalScope;

interface Told {
  id: string;
  /** One for each check-in: a later reminder takes the place of an earlier one. */
  tag: string;
  title: string;
  body: string;
  url: string;
  lang: string;
  dir: NotificationDirection;
}

const HOME = "/today";

/** A browser shows a text of its own for a push without a notification, so an unreadable one is shown too. */
export async function show(data: PushMessageData | null): Promise<void> {
  const told = read(data);
  if (!told) return self.registration.showNotification("Afterblock", { data: { url: HOME } });
  const { id, tag, title, body, url, lang, dir } = told;
  const there = await self.registration.getNotifications({ tag });
  const known = there.some((one) => (one.data as { id?: string } | null)?.id === id);
  // `renotify` is not in every browser's types: the same reminder sent again makes no second sound.
  const options = { body, tag, lang, dir, renotify: !known, icon: "/icons/icon-192.png", data: { id, url } };
  await self.registration.showNotification(title, options);
  await report(id, "shown");
}

export async function open(notification: Notification): Promise<void> {
  notification.close();
  const { id, url } = (notification.data ?? {}) as { id?: string; url?: string };
  const where = ownPage(url);
  await Promise.all([bringUp(where), id === undefined ? null : report(id, "clicked")]);
}

function read(data: PushMessageData | null): Told | null {
  try {
    const told = data?.json() as Partial<Told> | undefined;
    return typeof told?.id === "string" && typeof told.tag === "string" && typeof told.title === "string" ? (told as Told) : null;
  } catch {
    return null;
  }
}

/** The path of one of our own pages; anything else is the first screen. */
function ownPage(url: string | undefined): string {
  try {
    const parts = new URL(url ?? HOME, self.location.origin);
    return parts.origin === self.location.origin ? parts.pathname + parts.search : HOME;
  } catch {
    return HOME;
  }
}

async function bringUp(where: string): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => !new URL(one.url).pathname.startsWith("/clinic"));
  if (!page) return void (await self.clients.openWindow(where));
  // The page goes there by itself, so that nothing typed is lost.
  page.postMessage({ open: where });
  await page.focus().catch(() => undefined); // a browser may refuse; the page is there all the same
}

/** Nobody waits for this: without a network the server tries another way, which does no harm. */
async function report(id: string, event: "shown" | "clicked"): Promise<void> {
  await ask(`/${encodeURIComponent(id)}/${event}`, {}).catch(() => undefined);
}
