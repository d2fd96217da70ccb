/** Lists the files of the first screen that its HTML cannot name, for the server to announce with the page. */
import type { Plugin } from "vite";
import { languageFiles, startFiles } from "./pageFiles.ts";

/** The server reads it; see `server/web.py`. */
const LIST = "ahead.json";

/** `part`: what a phone without a diary loads at once. The words are those of one language, by what the phone asks for. */
export function ahead({ page, part, words }: { page: string; part: string; words: RegExp }): Plugin {
  return {
    name: "afterblock:ahead",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const named = new Set(startFiles(bundle, page));
        const every = startFiles(bundle, page, part).filter((file) => !named.has(file));
        const source = JSON.stringify({ every, languages: Object.fromEntries(languageFiles(bundle, words)) });
        this.emitFile({ type: "asset", fileName: LIST, source });
      },
    },
  };
}
