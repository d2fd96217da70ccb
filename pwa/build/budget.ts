/** Fails the build when the patient page grows past what a phone on a slow line can open in a second. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import type { Plugin, ResolvedConfig } from "vite";
import { languageFiles, pageFiles, startFiles } from "./pageFiles.ts";

interface Limits {
  page: string;
  /**
   * The chunk that follows the first screen, by name, and the limit with it: the sum of the sizes of scripts and styles as
   * every current phone is sent them (brotli). A phone's first load is the one without a diary; later ones come from the phone.
   */
  starts: Record<string, number>;
  /** The same with the parts that load when they are needed. */
  allBytes: number;
}

const FIRST_WORDS = /\/src\/i18n\/([a-z]{2})\.ts$/;
const ALL_WORDS = /\/src\/i18n\/([a-z]{2})(?:Later)?\.ts$/;

export function budget({ page, starts, allBytes }: Limits): Plugin {
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
        // A phone loads the page and one language; the worker fetches the others afterwards.
        const largest = async (words: RegExp) => Math.max(...(await Promise.all([...languageFiles(bundle, words).values()].map((files) => totalBytes(out, files)))));
        const languages = [...languageFiles(bundle, ALL_WORDS).values()].flat();
        const words = await largest(FIRST_WORDS);
        const first = (await totalBytes(out, startFiles(bundle, page))) + words;
        const each = await Promise.all(
          Object.entries(starts).map(async ([part, limit]) => [part, (await totalBytes(out, startFiles(bundle, page, part))) + words, limit] as const),
        );
        const common = pageFiles(bundle, page).filter((file) => !languages.includes(file));
        const all = (await totalBytes(out, common)) + (await largest(ALL_WORDS));
        const told = each.map(([part, bytes, limit]) => `${bytes} of ${limit} with ${part}`).join(", ");
        const line = `${page}: ${first} bytes compressed for the first screen, ${told}, ${all} of ${allBytes} in all, the largest language included`;
        if (each.some(([, bytes, limit]) => bytes > limit) || all > allBytes) this.error(`The page is over its size budget. ${line}`);
        config.logger.info(line);
      },
    },
  };
}

async function totalBytes(out: string, files: string[]): Promise<number> {
  const counted = files.filter((file) => /\.(js|css)$/.test(file));
  const sizes = await Promise.all(counted.map((file) => sentBytes(join(out, file))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Brotli is what the server answers with wherever it is understood; gzip sizes also differ between versions of Node. */
async function sentBytes(path: string): Promise<number> {
  return brotliCompressSync(await readFile(path)).length;
}
