/** Prints every text a patient reads, by language, as JSON: `node build/texts.mjs`. Read by the check of how hard they are. */
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { module } = await runnerImport(here("../tests/i18n/languages.ts"));
const all = Object.entries(module.WORDS).map(([language, words]) => [language, Object.fromEntries(module.texts(words))]);
console.log(JSON.stringify(Object.fromEntries(all)));
