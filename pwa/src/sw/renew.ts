/** The browser has ended its push subscription or made another by itself: the server is told of one that works. */
import { asSubscription, subscriptionFor } from "../sync/subscription";
import { ask } from "./ask";

interface Known {
  push_key: string | null;
  channels: string[];
}

/** Without a network, a diary or permission nothing changes: the app looks again when it is opened. */
export async function renew(manager: PushManager): Promise<void> {
  const known = await choices().catch(() => null);
  if (!known?.push_key || !known.channels.includes("push")) return;
  const made = await subscriptionFor(manager, known.push_key).catch(() => null);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await ask("/presence", { zone, subscription: made && asSubscription(made) }).catch(() => undefined);
}

async function choices(): Promise<Known | null> {
  const reply = await ask("");
  return reply.ok ? ((await reply.json()) as Known) : null;
}
