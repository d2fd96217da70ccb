import { describe, expect, it } from "vitest";
import { base64, readMapping, summary } from "../../src/clinic/imports/importText";
import type { ImportReport } from "../../src/clinic/imports/types";

const report = (over: Partial<ImportReport>): ImportReport => ({
  kind: "procedures",
  digest: "d",
  stored: false,
  lines: 3,
  counts: { new: 3, patients: 2, unchanged: 0 },
  errors: 0,
  notes: 0,
  problems: [],
  ...over,
});

describe("the report of a file", () => {
  it("says what is new and what is here already", () => {
    expect(summary(report({}))).toBe("3 new injections and 2 new patients.");
    expect(summary(report({ kind: "diary", counts: { new: 1, diaries: 1, unchanged: 1 }, stored: true }))).toBe(
      "1 new entry in 1 diary stored; 1 line is here already.",
    );
    expect(summary(report({ counts: { new: 0, patients: 0, unchanged: 4 } }))).toBe("0 new injections; 4 lines are here already.");
  });
});

describe("a file on its way", () => {
  it("is Base64 whatever its size and bytes", () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256);
    expect(Uint8Array.from(atob(base64(bytes)), (sign) => sign.charCodeAt(0))).toEqual(bytes);
  });

  it("has a mapping, or a sentence where that is none", () => {
    expect(readMapping('{"date":"%d.%m.%Y"}')).toEqual({ mapping: { date: "%d.%m.%Y" } });
    for (const text of ["[]", "nothing", "3"]) expect(readMapping(text)).toHaveProperty("problem");
  });
});
