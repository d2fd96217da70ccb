import { beforeEach, describe, expect, test, vi } from "vitest";
import { checkIn, subscribe } from "../../src/patient/pushing.ts";

const KEYS = { old: "AQID", new: "BAUG" };

/** A browser that can subscribe, and a clinic's server that is told of it. */
class World {
  key = KEYS.old;
  channels = ["push"];
  permission = "granted";
  /** Of the endpoint: its push service has turned it down. */
  gone = new Set<string>();
  kept: { endpoint: string; key: string } | null = null;
  reachable = true;
  told: (string | null)[] = [];
  #made = 0;

  made() {
    const { kept } = this;
    if (!kept) return null;
    return {
      options: { applicationServerKey: bytes(kept.key).buffer },
      toJSON: () => ({ endpoint: kept.endpoint, keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: async () => {
        this.kept = null;
        return true;
      },
    };
  }

  manager = {
    getSubscription: async () => this.made(),
    subscribe: async ({ applicationServerKey }: { applicationServerKey: Uint8Array }) => {
      if (!this.reachable) throw new Error("no push service");
      const key = text(applicationServerKey);
      if (this.kept && this.kept.key !== key) throw new DOMException("another key", "InvalidStateError");
      this.kept ??= { endpoint: `https://push.example/${(this.#made += 1)}`, key };
      return this.made();
    },
  };

  fetch = async (_url: string, { body }: { body: string }) => {
    const { subscription } = JSON.parse(body) as { subscription: { endpoint: string } | null };
    this.told.push(subscription?.endpoint ?? null);
    const had = this.told.some((one) => one !== null);
    const push = subscription && !this.gone.has(subscription.endpoint) ? "on" : subscription || had ? "dead" : "none";
    return Response.json({ push, push_key: this.key, channels: this.channels, offered: ["push"], refused: [], calendar: null });
  };
}

const bytes = (key: string) => Uint8Array.from(atob(key), (sign) => sign.charCodeAt(0));
const text = (key: Uint8Array) => btoa(String.fromCharCode(...key));

let world: World;

beforeEach(() => {
  world = new World();
  const registration = { pushManager: world.manager };
  vi.stubGlobal("navigator", { serviceWorker: { ready: Promise.resolve(registration), getRegistration: async () => registration } });
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", { requestPermission: async () => world.permission, get permission() { return world.permission; } });
  vi.stubGlobal("fetch", world.fetch);
});

describe("this phone's subscription", () => {
  test("that works is told as it is", async () => {
    await subscribe(KEYS.old);
    expect((await checkIn()).push).toBe("on");
    expect(world.told).toEqual(["https://push.example/1", "https://push.example/1"]);
  });

  test("made for a key that the clinic's server has replaced is made anew", async () => {
    await subscribe(KEYS.old);
    world.key = KEYS.new;
    expect((await checkIn()).push).toBe("on");
    expect(world.kept).toEqual({ endpoint: "https://push.example/2", key: KEYS.new });
    expect(world.told.at(-1)).toBe("https://push.example/2");
  });

  test("is replaced by a tap on the switch as well", async () => {
    await subscribe(KEYS.old);
    expect((await subscribe(KEYS.new)).push).toBe("on");
    expect(world.kept?.key).toBe(KEYS.new);
  });

  test("that its push service gave up, or that the browser has lost, is made anew", async () => {
    await subscribe(KEYS.old);
    world.gone.add("https://push.example/1");
    expect((await checkIn()).push).toBe("on");
    world.kept = null;
    expect((await checkIn()).push).toBe("on");
    expect(world.told.at(-1)).toBe("https://push.example/3");
  });

  test("that cannot be made anew is told as ended, so that the patient hears of it", async () => {
    await subscribe(KEYS.old);
    world.key = KEYS.new;
    world.reachable = false;
    expect((await checkIn()).push).toBe("dead");
    expect(world.told.at(-1)).toBeNull();
  });

  test("is left alone when notifications are not wanted, not allowed, or were never turned on", async () => {
    expect((await checkIn()).push).toBe("none");
    await subscribe(KEYS.old);
    world.key = KEYS.new;
    world.permission = "denied";
    await checkIn();
    world.permission = "granted";
    world.channels = ["email"];
    await checkIn();
    expect(world.kept?.key).toBe(KEYS.old);
  });
});
