/** Two corrections of one record: neither undoes the other by not having touched it. */
import { expect, test } from "vitest";
import { type Draft, emptyDraft } from "../../src/clinic/fields";
import { mergeDrafts } from "../../src/clinic/merge";

const NOW = new Date("2026-03-02T10:00:00Z");
const draft = (change: Partial<Draft>): Draft => ({ ...emptyDraft("Europe/Berlin", NOW), time: "10:40", pain: "7", ...change });

test("their corrected T0 survives my changed baseline", () => {
  const merged = mergeDrafts(draft({}), draft({ pain: "6", reason: "mine" }), draft({ time: "10:20" }));
  expect(merged.draft).toMatchObject({ time: "10:20", pain: "6", reason: "mine" });
  expect(merged.clashes).toEqual([]);
});

test("what both changed is named, and mine counts as a whole", () => {
  const merged = mergeDrafts(draft({}), draft({ time: "10:45" }), draft({ time: "10:20", date: "2026-03-01" }));
  expect(merged.draft).toMatchObject({ time: "10:45", date: "2026-03-02" });
  expect(merged.clashes).toEqual(["T0"]);
});

test("the same change on both sides is no clash", () => {
  expect(mergeDrafts(draft({}), draft({ level: "L5" }), draft({ level: "L5" })).clashes).toEqual([]);
});

test("every field of the form belongs to one of the two", () => {
  const other: Draft = {
    ...draft({}), status: "closed", date: "2026-02-01", time: "01:01", zone: "UTC", region: "cervical", level: "C6",
    side: "right", indication: "other", operator: "o", approach: "a", anaesthetics: [], steroidGiven: "none",
    steroidDrug: "x", steroidDose: "1", sedation: "yes", provoked: "yes", provocable: "yes", painSite: "arm",
    painSide: "both", pain: "1", painDate: "2026-02-01", painTime: "01:00", daily: { a: "1" },
    analgesics: [{ drug: "x", perDay: "1" }], events: [{ kind: "repeat", date: "x", time: "y" }], reason: "r",
  };
  expect(mergeDrafts(draft({}), other, draft({})).draft).toEqual(other);
  expect(mergeDrafts(draft({}), draft({ reason: "r" }), other).draft).toEqual(other);
});
