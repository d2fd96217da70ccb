/** Builds both pages, the service worker and the compressed copies; also what vitest and the dev server read. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { budget } from "./build/budget.ts";
import { flagRules } from "./build/flagRules.ts";
import { plainImports } from "./build/plainImports.ts";
import { precompress } from "./build/precompress.ts";
import { serviceWorker } from "./build/serviceWorker.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  root: here("."),
  appType: "mpa",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __APP_VERSION__: JSON.stringify(process.env["npm_package_version"] ?? "0.0.0") },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
    modulePreload: false,
    rolldownOptions: { input: { patient: here("index.html"), clinic: here("clinic.html") } },
  },
  server: {
    host: "127.0.0.1",
    fs: { allow: [here("..")] },
    proxy: { "/api": "http://127.0.0.1:8000" },
  },
  plugins:
    mode === "test"
      ? [flagRules(here("../server/domain/red_flags.json"))]
      : [
          flagRules(here("../server/domain/red_flags.json")),
          plainImports(),
          serviceWorker({ page: "index.html", source: here("src/sw/worker.ts") }),
          budget({ page: "index.html", firstBytes: 30_000, allBytes: 42_000 }),
          precompress(),
        ],
  test: {
    include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"],
    environment: "node",
    restoreMocks: true,
  },
}));
