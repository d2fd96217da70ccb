/** Protocols in words, and the steps of a comparison added up. */
import { describe, expect, test } from "vitest";
import { nothingYet, plus } from "../../src/clinic/admin/comparison";
import { fittingTemplate, keptProtocol, optionsText, protocolName } from "../../src/clinic/admin/protocolText";

describe("a protocol", () => {
  test("follows from region and steroid, and from nothing while that is open", () => {
    expect(fittingTemplate("cervical", "none")).toBe("cervical-diagnostic");
    expect(fittingTemplate("sacral", "given")).toBe("lumbar-steroid");
    expect(["", "unknown"].map((given) => fittingTemplate("lumbar", given))).toEqual(["", ""]);
  });

  test("is told by its name and version; the product's own is not", () => {
    expect(protocolName("lumbar-steroid")).toBe("Lumbar and sacral, with steroid");
    expect(keptProtocol("thoracic-diagnostic/3")).toBe("Thoracic, diagnostic only, version 3");
    expect(keptProtocol("snrb-default/1")).toBeNull();
  });

  test("says what it offers", () => {
    const all = { offer_45: true, evenings_before: true, impressions: true, remind_until_day: 365 };
    expect(optionsText(all)).toBe("offers evenings before, +45 min, impressions; reminders to month 12");
    const least = { offer_45: false, evenings_before: false, impressions: false, remind_until_day: 28 };
    expect(optionsText(least)).toBe("offers nothing more; reminders to day 28");
  });
});

test("steps of a comparison add up, the most frequent change first", () => {
  const step = { criteria: "b/1", compared_with: "a/1", failed: 0 };
  const flip = (episodes: number) => ({ category: "verdict", before: "positive", after: "equivocal", episodes });
  const shape = { category: "shape", before: "x", after: "y", episodes: 2 };
  const first = plus(nothingYet("b/1"), { ...step, read: 50, changed: 3, changes: [flip(1), shape], next: "id" });
  const both = plus(first, { ...step, read: 7, changed: 4, changes: [flip(4)], next: null });
  expect(first.done).toBe(false);
  expect(both).toMatchObject({ read: 57, changed: 7, done: true, changes: [flip(5), shape] });
});
