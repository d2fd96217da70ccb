/** The red-flag table without its words for the clinic, so that a patient's phone does not load those as well. */
import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const NAME = "virtual:red-flag-rules";
const RESOLVED = `\0${NAME}`;
const PARTS = ["rows", "answers", "context", "entries"];

export function flagRules(table: string): Plugin {
  return {
    name: "afterblock:flag-rules",
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      this.addWatchFile(table);
      const parts = JSON.parse(await readFile(table, "utf8")) as Record<string, unknown>;
      return PARTS.map((part) => `export const ${part} = ${JSON.stringify(parts[part])};`).join("\n");
    },
  };
}
