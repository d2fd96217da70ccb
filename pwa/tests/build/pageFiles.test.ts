import { expect, test } from "vitest";
import { pageFiles, startFiles, type Bundle } from "../../build/pageFiles.ts";

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
  "assets/late.js": chunk("assets/late.js", { name: "next", imports: ["assets/words.js"] }),
  "assets/words.js": chunk("assets/words.js"),
} as unknown as Bundle;

test("a phone stores its own page with everything it can load later", () => {
  expect(pageFiles(bundle, "index.html")).toEqual([
    "assets/late.js", "assets/patient.css", "assets/patient.js", "assets/shared.js", "assets/words.js", "index.html",
  ]);
});

test("the first screen comes without the part that every start loads after it", () => {
  const first = ["assets/patient.css", "assets/patient.js", "assets/shared.js", "index.html"];
  expect(startFiles(bundle, "index.html")).toEqual(first);
  expect(startFiles(bundle, "index.html", "next")).toEqual(["assets/late.js", ...first.slice(0, 3), "assets/words.js", "index.html"]);
  expect(() => startFiles(bundle, "index.html", "other")).toThrow("no part other");
});

test("nothing of the clinic's app is stored on a phone", () => {
  expect(pageFiles(bundle, "index.html").join()).not.toContain("clinic");
});

test("a page without an entry stops the build", () => {
  expect(() => pageFiles(bundle, "staff.html")).toThrow("no entry for staff.html");
});
