/**
 * Builds the patient's page with its service worker, or (`--mode clinic`) the clinic's page beside it, and the compressed
 * copies; also what vitest and the dev server read. Two builds, so that the pages share no file and a phone gets few.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { ahead } from "./build/ahead.ts";
import { budget } from "./build/budget.ts";
import { flagRules } from "./build/flagRules.ts";
import { plainImports } from "./build/plainImports.ts";
import { precompress } from "./build/precompress.ts";
import { safetyVersions } from "./build/safetyVersions.ts";
import { serviceWorker } from "./build/serviceWorker.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Few files: one for every start, one for a phone with a diary and one it loads right after, one for each further part. */
const CHUNKS = [
  { name: "first", tags: ["$initial" as const], priority: 3 },
  { name: "own", test: /\/src\/patient\/later\/own/, priority: 2 },
  { name: "next", test: /\/src\/(sync\/|store\/|patient\/later\/next|patient\/parts\/Effects)/, priority: 1 },
];

const PATIENT_ONLY = [
  plainImports(),
  serviceWorker({ page: "index.html", source: here("src/sw/worker.ts"), off: here("src/sw/off.ts") }),
  ahead({ page: "index.html", part: "join", words: /\/src\/i18n\/([a-z]{2})\.ts$/ }),
  budget({ page: "index.html", starts: { join: 26_000, next: 37_000 }, allBytes: 90_000 }),
];

export default defineConfig(({ mode, command }) => {
  const clinic = mode === "clinic";
  return {
    root: here("."),
    appType: "mpa",
    publicDir: clinic ? false : "public",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    define: { __APP_VERSION__: JSON.stringify(process.env["npm_package_version"] ?? "0.0.0") },
    build: {
      outDir: "dist",
      emptyOutDir: !clinic,
      assetsDir: clinic ? "assets/clinic" : "assets",
      target: "es2022",
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      modulePreload: false,
      rolldownOptions: clinic
        ? { input: { clinic: here("clinic.html") } }
        : { input: { patient: here("index.html") }, output: { codeSplitting: { groups: CHUNKS } } },
    },
    server: {
      host: "127.0.0.1",
      fs: { allow: [here("..")] },
      proxy: { "/api": "http://127.0.0.1:8000" },
    },
    plugins: [
      flagRules(here("../server/domain/red_flags.json")),
      ...(clinic ? [] : [safetyVersions(here("src/i18n"))]),
      ...(command === "serve" || clinic ? [] : PATIENT_ONLY),
      ...(command === "serve" ? [] : [precompress()]),
    ],
    test: {
      include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
      environment: "node",
      restoreMocks: true,
    },
  };
});
