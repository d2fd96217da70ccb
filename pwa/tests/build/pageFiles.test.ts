import { expect, test } from "vitest";
import { pageFiles, type Bundle } from "../../build/pageFiles.ts";

const chunk = (fileName: string, more: object = {}) => ({
  type: "chunk", fileName, isEntry: false, imports: [], dynamicImports: [], facadeModuleId: null, ...more,
});

const bundle = {
  "assets/patient.js": chunk("assets/patient.js", {
    isEntry: true, facadeModuleId: "/app/pwa/index.html", imports: ["assets/shared.js"], dynamicImports: ["assets/late.js"],
    viteMetadata: { importedCss: new Set(["assets/patient.css"]), importedAssets: new Set() },
  }),
  "assets/clinic.js": chunk("assets/clinic.js", {
    isEntry: true, facadeModuleId: "/app/pwa/clinic.html", imports: ["assets/shared.js"],
    viteMetadata: { importedCss: new Set(["assets/clinic.css"]), importedAssets: new Set() },
  }),
  "assets/shared.js": chunk("assets/shared.js"),
  "assets/late.js": chunk("assets/late.js"),
} as unknown as Bundle;

test("a phone stores its own page with everything it can load later", () => {
  expect(pageFiles(bundle, "index.html")).toEqual([
    "assets/late.js", "assets/patient.css", "assets/patient.js", "assets/shared.js", "index.html",
  ]);
});

test("nothing of the clinic's app is stored on a phone", () => {
  expect(pageFiles(bundle, "index.html").join()).not.toContain("clinic");
});

test("a page without an entry stops the build", () => {
  expect(() => pageFiles(bundle, "staff.html")).toThrow("no entry for staff.html");
});
