import { beforeEach, describe, expect, test, vi } from "vitest";

const FILES = [
  { url: "/", integrity: "sha256-page", essential: true },
  { url: "/assets/app.js", integrity: "sha256-app", essential: true },
  { url: "/icons/icon-192.png", integrity: "sha256-icon", essential: false },
];
const ORIGIN = "https://diary.example";

/** The browser's cache storage, as far as the worker uses it. */
class Caches {
  readonly all = new Map<string, Map<string, Response>>();
  open = async (name: string) => {
    const files = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, files);
    return { match: async (path: string) => files.get(path)?.clone(), put: async (path: string, reply: Response) => void files.set(path, reply) };
  };
  keys = async () => [...this.all.keys()];
  delete = async (name: string) => this.all.delete(name);
  match = async (path: string, { cacheName }: { cacheName?: string } = {}) =>
    [...this.all].filter(([name]) => cacheName === undefined || name === cacheName).map(([, files]) => files.get(path)?.clone()).find(Boolean);
}

let caches: Caches;
let asked: string[];
let broken: Set<string>;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 });
  caches = new Caches();
  asked = [];
  broken = new Set();
  vi.stubGlobal("caches", caches);
  vi.stubGlobal("__PRECACHE__", FILES);
  vi.stubGlobal("__VERSION__", "new");
  vi.stubGlobal("fetch", async (path: string, options: RequestInit = {}) => {
    asked.push(`${path} ${options.integrity ?? ""}`.trim());
    if (broken.has(path)) throw new TypeError("integrity");
    return new Response(`content of ${path}`);
  });
});

const shell = () => import("../../src/sw/shell.ts");
const routes = () => import("../../src/sw/routes.ts");
const request = (path: string, more: Partial<Request> = {}) => ({ url: new URL(path, ORIGIN).href, method: "GET", mode: "cors", ...more }) as Request;

describe("installing", () => {
  test("stores every file and checks each against the build", async () => {
    await (await shell()).installShell();
    expect([...(caches.all.get("afterblock-shell-new")?.keys() ?? [])].sort()).toEqual(FILES.map(({ url }) => url).sort());
    expect(asked).toContain("/assets/app.js sha256-app");
  });

  test("fails as a whole when an essential file cannot be had, after three tries", async () => {
    broken.add("/assets/app.js");
    await expect((await shell()).installShell()).rejects.toThrow();
    expect(asked.filter((path) => path.startsWith("/assets/app.js")).length).toBe(3);
  });

  test("does without an icon", async () => {
    broken.add("/icons/icon-192.png");
    await (await shell()).installShell();
    expect(caches.all.get("afterblock-shell-new")?.size).toBe(2);
  });

  test("activating deletes older shells but the last one, and nobody else's cache", async () => {
    for (const name of ["afterblock-shell-oldest", "afterblock-shell-old", "something-else"]) await caches.open(name);
    await (await shell()).installShell();
    await (await shell()).deleteOldShells();
    expect([...caches.all.keys()].sort()).toEqual(["afterblock-shell-new", "afterblock-shell-old", "something-else"]);
  });

  test("a page that is still of the version before gets that version's files", async () => {
    await (await caches.open("afterblock-shell-old")).put("/assets/diary-0ld.js", new Response("part of the old version"));
    await (await shell()).installShell();
    await (await shell()).deleteOldShells();
    asked.length = 0;
    const reply = await (await routes()).answer(request("/assets/diary-0ld.js"), ORIGIN);
    expect([await reply?.text(), asked]).toEqual(["part of the old version", []]);
  });
});

describe("answering", () => {
  test.each(["/", "/today", "/history/edit/1", "/enrol", "/?x=1"])("a visit to %s gets the stored page without the network", async (path) => {
    await (await shell()).installShell();
    asked.length = 0;
    const reply = await (await routes()).answer(request(path, { mode: "navigate" }), ORIGIN);
    expect(await reply?.text()).toBe("content of /");
    expect(asked).toEqual([]);
  });

  test.each(["/api/v1/patient/diary", "/clinic", "/clinic/episodes", "/healthz", "/readyz", "/sw.js"])("%s is never touched", async (path) => {
    const { answer } = await routes();
    expect(answer(request(path, { mode: "navigate" }), ORIGIN)).toBeNull();
    expect(answer(request(path), ORIGIN)).toBeNull();
  });

  test("what is not in the list, not a GET or not ours goes to the network", async () => {
    const { answer } = await routes();
    expect(answer(request("/assets/clinic/clinic-1a.js"), ORIGIN)).toBeNull();
    expect(answer(request("/", { method: "POST", mode: "navigate" }), ORIGIN)).toBeNull();
    expect(answer(request("https://other.example/"), ORIGIN)).toBeNull();
    expect(answer(request("/clinical-note.pdf", { mode: "navigate" }), ORIGIN)).toBeNull();
  });

  test("a browser whose cache is broken is answered from the network", async () => {
    const open = vi.spyOn(caches, "match").mockRejectedValue(new DOMException("corrupt", "UnknownError"));
    const reply = await (await routes()).answer(request("/today", { mode: "navigate" }), ORIGIN);
    expect(await reply?.text()).toBe("content of /");
    open.mockRestore();
  });

  test("a file the browser has dropped is fetched and stored again", async () => {
    const reply = await (await routes()).answer(request("/assets/app.js"), ORIGIN);
    expect(await reply?.text()).toBe("content of /assets/app.js");
    expect(caches.all.get("afterblock-shell-new")?.has("/assets/app.js")).toBe(true);
  });
});

describe("the diary's database", () => {
  test("is looked for while the page is on its way, and never made", async () => {
    const { wakeStore } = await import("../../src/sw/wake.ts");
    const databases = vi.fn(async () => []);
    const open = vi.fn();
    vi.stubGlobal("indexedDB", { databases, open });
    wakeStore();
    expect(databases).toHaveBeenCalledOnce();
    expect(open).not.toHaveBeenCalled();
  });

  test("is left alone by a browser that cannot be asked, or that refuses", async () => {
    const { wakeStore } = await import("../../src/sw/wake.ts");
    vi.stubGlobal("indexedDB", {});
    expect(wakeStore).not.toThrow();
    vi.stubGlobal("indexedDB", { databases: async () => Promise.reject(new Error("private")) });
    expect(wakeStore).not.toThrow();
  });
});
