/** Fails the build when the patient page grows past what a phone on a slow line can open in a second. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";
import { pageFiles } from "./pageFiles.ts";

/** `limitBytes`: sum of the gzip sizes of the page's HTML, scripts and style sheets. */
export function budget(options: { page: string; limitBytes: number }): Plugin {
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
        const counted = pageFiles(bundle, options.page).filter((file) => /\.(html|js|css)$/.test(file));
        const sizes = await Promise.all(counted.map((file) => gzipBytes(join(out, file))));
        const total = sizes.reduce((sum, size) => sum + size, 0);
        const line = `${options.page}: ${total} of ${options.limitBytes} bytes compressed`;
        if (total > options.limitBytes) this.error(`The page is over its size budget. ${line}`);
        config.logger.info(line);
      },
    },
  };
}

async function gzipBytes(path: string): Promise<number> {
  return gzipSync(await readFile(path), { level: 9 }).length;
}
