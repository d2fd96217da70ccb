/** Puts a .br and a .gz beside every text file of the build, so the server never compresses while a phone waits. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";

const TEXT = /\.(html|js|css|svg|json|webmanifest)$/;

export function precompress(): Plugin {
  let config: ResolvedConfig;
  return {
    name: "afterblock:precompress",
    apply: "build",
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      sequential: true,
      order: "post",
      async handler() {
        const out = join(config.root, config.build.outDir);
        const found = await readdir(out, { recursive: true, withFileTypes: true });
        const paths = found
          .filter((item) => item.isFile() && TEXT.test(item.name))
          .map((item) => join(item.parentPath, item.name));
        await Promise.all(paths.map(compress));
      },
    },
  };
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path);
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }))]);
}
