/** Which built files one HTML page needs, so that a phone stores its own page and never the clinic's. */
import type { Rollup } from "vite";

export type Bundle = Rollup.OutputBundle;

/** Every file the page loads at once or later: its HTML, scripts, style sheets and their assets. */
export function pageFiles(bundle: Bundle, page: string): string[] {
  return filesOf(bundle, page, true);
}

/** What the browser loads for the first screen, and with `next` also the part of that name, which every start loads. */
export function startFiles(bundle: Bundle, page: string, next?: string): string[] {
  const files = new Set(filesOf(bundle, page, false));
  const part = Object.values(bundle).find((item) => item.type === "chunk" && item.name === next);
  if (next !== undefined && !part) throw new Error(`The build has no part ${next}`);
  if (part) collect(bundle, part.fileName, files, false);
  return [...files].sort();
}

/** The files of each language, by the language: a phone needs the page's own files and those of one language. */
export function languageFiles(bundle: Bundle, source: RegExp): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const chunk of Object.values(bundle)) {
    const language = chunk.type === "chunk" ? source.exec(chunk.facadeModuleId ?? "")?.[1] : undefined;
    if (language) found.set(language, [...(found.get(language) ?? []), chunk.fileName]);
  }
  return found;
}

function filesOf(bundle: Bundle, page: string, later: boolean): string[] {
  const files = new Set<string>([page]);
  const entry = Object.values(bundle).find(
    (item) => item.type === "chunk" && item.isEntry && item.facadeModuleId?.endsWith(`/${page}`),
  );
  if (!entry) throw new Error(`The build has no entry for ${page}`);
  collect(bundle, entry.fileName, files, later);
  return [...files].sort();
}

function collect(bundle: Bundle, fileName: string, files: Set<string>, later: boolean): void {
  if (files.has(fileName)) return;
  files.add(fileName);
  const chunk = bundle[fileName];
  if (chunk?.type !== "chunk") return;
  for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css);
  for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset);
  for (const next of [...chunk.imports, ...(later ? chunk.dynamicImports : [])]) collect(bundle, next, files, later);
}
