/**
 * Gives each language's safety texts a version, a digest of the texts themselves. The phones' app carries the versions, and the
 * server is told them with the texts in a file beside the pages, so that both mean the same words.
 */
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runnerImport, type Plugin, type ResolvedConfig } from "vite";
import type { SafetyText } from "../src/i18n/safety.ts";

const NAME = "virtual:safety-versions";
const RESOLVED = `\0${NAME}`;
const FILE = "safety-texts.json";
const DIGITS = 16;

export interface Published {
  version: string;
  texts: SafetyText[];
}

/** Version and texts by language. `i18n`: the folder of the language files. */
export async function publishedTexts(i18n: string): Promise<Record<string, Published>> {
  const { module: words } = await runnerImport<typeof import("../src/i18n/all.ts")>(join(i18n, "all.ts"));
  const { module: safety } = await runnerImport<typeof import("../src/i18n/safety.ts")>(join(i18n, "safety.ts"));
  const published = Object.entries(words.ALL).map(([language, [first, later]]) => {
    const texts = safety.safetyTexts(first, later);
    return [language, { version: versionOf(texts), texts }] as const;
  });
  return Object.fromEntries(published);
}

function versionOf(texts: SafetyText[]): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, DIGITS);
}

export function safetyVersions(i18n: string): Plugin {
  let config: ResolvedConfig;
  const published = publishedTexts(i18n);
  return {
    name: "afterblock:safety-versions",
    configResolved(resolved) {
      config = resolved;
    },
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      const versions = Object.entries(await published).map(([language, { version }]) => [language, version]);
      return `export const versions = ${JSON.stringify(Object.fromEntries(versions))};`;
    },
    async writeBundle() {
      if (config.command !== "build") return;
      await writeFile(join(config.root, config.build.outDir, FILE), JSON.stringify(await published));
    },
  };
}
