/** Keeps the page's loading plain: later parts by the browser's own import(), first parts announced in the HTML. */
import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/**
 * Vite wraps each import() in a preload helper of more than a kilobyte. Its only use here would be style sheets of later
 * parts, and those are refused below.
 */
export function plainImports(): Plugin {
  return {
    name: "afterblock:plain-imports",
    apply: "build",
    enforce: "pre",
    load: {
      filter: { id: /vite\/preload-helper\.js$/ },
      handler(id) {
        return id === HELPER ? "export const __vitePreload = (load) => load();" : null;
      },
    },
    generateBundle(_, bundle) {
      const later = Object.values(bundle).filter((item) => item.type === "chunk" && item.isDynamicEntry);
      for (const chunk of later) {
        if (chunk.type === "chunk" && (chunk.viteMetadata?.importedCss.size ?? 0) > 0) {
          this.error(`${chunk.fileName} loads later and must not bring its own style sheet`);
        }
      }
    },
    transformIndexHtml: {
      order: "post",
      handler(_, { chunk }) {
        const tags = (chunk?.imports ?? []).map((file) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
          injectTo: "head" as const,
        }));
        return tags;
      },
    },
  };
}
