/** Builds the service worker last, with the list and hash of the files it must keep, and the one that ends it. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin, type ResolvedConfig } from "vite";
import { pageFiles } from "./pageFiles.ts";

export interface PrecacheFile {
  /** The address the page asks for. */
  url: string;
  /** Subresource integrity of the file, so that a captive portal's page is never stored in its place. */
  integrity: string;
  /** Without these the app cannot start: the worker installs with all of them or not at all. */
  essential: boolean;
}

export function serviceWorker(options: { page: string; source: string; off: string }): Plugin {
  let config: ResolvedConfig;
  return {
    name: "afterblock:service-worker",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      sequential: true,
      async handler(_, bundle) {
        const out = join(config.root, config.build.outDir);
        const files = await describe(out, pageFiles(bundle, options.page), await publicFiles(config.publicDir));
        const version = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 12);
        const define = { __PRECACHE__: JSON.stringify(files), __VERSION__: JSON.stringify(version) };
        await buildWorker(options.source, out, "sw.js", define);
        await buildWorker(options.off, out, "sw-off.js", {});
      },
    },
  };
}

async function publicFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((item) => item.isFile())
    .map((item) => join(item.parentPath, item.name).slice(folder.length + 1))
    .sort();
}

async function describe(out: string, page: string[], extra: string[]): Promise<PrecacheFile[]> {
  const one = async (file: string, essential: boolean): Promise<PrecacheFile> => {
    const digest = createHash("sha256").update(await readFile(join(out, file))).digest("base64");
    const url = file === "index.html" ? "/" : `/${file}`;
    return { url, integrity: `sha256-${digest}`, essential };
  };
  return Promise.all([...page.map((file) => one(file, true)), ...extra.map((file) => one(file, false))]);
}

async function buildWorker(source: string, out: string, file: string, define: Record<string, string>): Promise<void> {
  await build({
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define,
    build: {
      outDir: out,
      emptyOutDir: false,
      target: "es2022",
      reportCompressedSize: false,
      lib: { entry: source, formats: ["iife"], name: "afterblockWorker", fileName: () => file },
    },
  });
}
