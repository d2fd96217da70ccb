/** The stored copies of the app: filled all or nothing at install, checked against the build's own hashes. */

interface PrecacheFile {
  url: string;
  integrity: string;
  essential: boolean;
}

declare const __PRECACHE__: PrecacheFile[];
declare const __VERSION__: string;

const PREFIX = "afterblock-shell-";
const CACHE = PREFIX + __VERSION__;
const ATTEMPTS = 3;

/** Resolves when every essential file is stored; rejects otherwise, so that the old worker stays. */
export async function installShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(__PRECACHE__.filter((file) => file.essential).map((file) => store(cache, file)));
  await Promise.allSettled(__PRECACHE__.filter((file) => !file.essential).map((file) => store(cache, file)));
}

/** Keeps the newest of the older copies: a page of that version may still be open and want one of its parts. */
export async function deleteOldShells(): Promise<void> {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
}

/** Whether the app itself answers for a path: a file of this version, or a part of an older one. */
export function isPrecached(path: string): boolean {
  return path.startsWith("/assets/") || __PRECACHE__.some((file) => file.url === path);
}

/** The stored file; when the browser has dropped it, the file from the network, stored again. */
export async function fromShell(path: string): Promise<Response> {
  try {
    const stored = await stores(path);
    if (stored) return stored;
  } catch {
    // A browser whose cache is broken still has the network.
  }
  return fetch(path);
}

async function stores(path: string): Promise<Response | undefined> {
  const stored = await caches.match(path, { cacheName: CACHE });
  if (stored) return stored;
  const file = __PRECACHE__.find((item) => item.url === path);
  // Names of files carry a hash of what is in them, so that one of an older copy is the very one asked for.
  if (!file) return caches.match(path);
  await store(await caches.open(CACHE), file);
  return caches.match(path, { cacheName: CACHE });
}

async function store(cache: Cache, file: PrecacheFile): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await fetch(file.url, { cache: "reload", credentials: "omit", integrity: file.integrity });
      if (!reply.ok || reply.redirected) throw new TypeError(`${file.url} answered ${reply.status}`);
      return await cache.put(file.url, reply);
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      await new Promise((resume) => setTimeout(resume, 300 * attempt));
    }
  }
}
