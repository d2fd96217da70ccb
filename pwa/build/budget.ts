/** Fails the build when the patient page grows past what a phone on a slow line can open in a second. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";
import { firstFiles, pageFiles } from "./pageFiles.ts";

interface Limits {
  page: string;
  /** Sum of the sizes, as every current phone is sent them (brotli), of what the page needs to work. */
  firstBytes: number;
  /** The same with the parts that load afterwards. */
  allBytes: number;
}

export function budget({ page, firstBytes, allBytes }: Limits): Plugin {
  let config: ResolvedConfig;
  return {
    name: "afterblock:budget",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle: {
      sequential: true,
      async handler(_, bundle) {
        const out = join(config.root, config.build.outDir);
        const first = await totalBytes(out, firstFiles(bundle, page));
        const all = await totalBytes(out, pageFiles(bundle, page));
        const line = `${page}: ${first} of ${firstBytes} bytes compressed to work, ${all} of ${allBytes} in all`;
        if (first > firstBytes || all > allBytes) this.error(`The page is over its size budget. ${line}`);
        config.logger.info(line);
      },
    },
  };
}

async function totalBytes(out: string, files: string[]): Promise<number> {
  const counted = files.filter((file) => /\.(html|js|css)$/.test(file));
  const sizes = await Promise.all(counted.map((file) => sentBytes(join(out, file))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Brotli is what the server answers with wherever it is understood; gzip sizes also differ between versions of Node. */
async function sentBytes(path: string): Promise<number> {
  return brotliCompressSync(await readFile(path)).length;
}
