import { expect, test } from "vitest";
import { ahead } from "../../build/ahead.ts";

const chunk = (fileName: string, more: object = {}) => ({ type: "chunk", fileName, imports: [], dynamicImports: [], facadeModuleId: null, ...more });

const bundle = {
  "patient.js": chunk("patient.js", { isEntry: true, facadeModuleId: "/pwa/index.html", dynamicImports: ["join.js", "en.js", "es.js"] }),
  "join.js": chunk("join.js", { name: "join", imports: ["patient.js", "shared.js"] }),
  "shared.js": chunk("shared.js"),
  "en.js": chunk("en.js", { facadeModuleId: "/pwa/src/i18n/en.ts" }),
  "es.js": chunk("es.js", { facadeModuleId: "/pwa/src/i18n/es.ts" }),
  "esLater.js": chunk("esLater.js", { facadeModuleId: "/pwa/src/i18n/esLater.ts" }),
};

test("lists what draws the page, then what its own HTML does not name, and each language's first words", () => {
  const emitted: { fileName: string; source: string }[] = [];
  const { generateBundle } = ahead({ page: "index.html", part: "join", words: /\/i18n\/([a-z]{2})\.ts$/ });
  const { handler } = generateBundle as unknown as { handler: (this: object, options: object, bundle: object) => void };
  handler.call({ emitFile: (file: { fileName: string; source: string }) => emitted.push(file) }, {}, bundle);
  expect(emitted.map(({ fileName }) => fileName)).toEqual(["ahead.json"]);
  expect(JSON.parse(emitted[0]!.source)).toEqual({ every: ["patient.js", "join.js", "shared.js"], languages: { en: ["en.js"], es: ["es.js"] } });
});
