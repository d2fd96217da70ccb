/** Lists the files of the first screen, for the server to announce before the page itself is read. */
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
        // Those that draw the page first; its HTML cannot name the others.
        const files = [...startFiles(bundle, page), ...startFiles(bundle, page, part)];
        const every = [...new Set(files)].filter((file) => file !== page);
        const source = JSON.stringify({ every, languages: Object.fromEntries(languageFiles(bundle, words)) });
        this.emitFile({ type: "asset", fileName: LIST, source });
      },
    },
  };
}
