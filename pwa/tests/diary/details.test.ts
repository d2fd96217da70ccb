/** The optional parts of an entry: usual painkillers, stated relief, blood sugar, a helper. */
import { describe, expect, test } from "vitest";
import { emptyDraft, isTouched, newEntries, skipped, type Draft } from "../../src/diary/compose.ts";
import { parseGlucose, usualUnit } from "../../src/diary/glucose.ts";
import { fold } from "../../src/diary/head.ts";
import { usualPainkillers } from "../../src/diary/painkillers.ts";
import { changed, draftOf } from "../../src/diary/revise.ts";
import type { EntryBody } from "../../src/diary/record.ts";
import { anEntry, anEpisode, asRevision, HOUR, T0, writing } from "../makers.ts";

const NOW = T0 + 2 * HOUR;
const filled = (part: Partial<Draft>): Draft => ({ ...emptyDraft("now", NOW), pain: 3, ...part });
const bodies = (part: Partial<Draft>) => newEntries(filled(part), writing(NOW)).map(({ body }) => body as EntryBody);
const kept = (...parts: Partial<EntryBody>[]) => fold(parts.map((part, at) => asRevision(anEntry(T0 + at * HOUR, 3, part)))).entries;

describe("usual painkillers", () => {
  const episode = anEpisode({ painkillers: [{ drug: "Ibuprofen", mg_per_day: 1200 }, { drug: "metamizole", mg_per_day: 500 }] });

  test("are those taken before in the dose taken last, then those the clinic knows of", () => {
    const entries = kept(
      { analgesics: [{ drug: "ibuprofen", dose_mg: 400 }, { drug: "unknown" }] },
      { analgesics: [{ drug: "tramadol", dose_mg: 50 }] },
      { analgesics: [{ drug: "ibuprofen", dose_mg: 600 }] },
    );
    expect(usualPainkillers(entries, episode, "unknown")).toEqual([{ drug: "ibuprofen", dose_mg: 600 }, { drug: "tramadol", dose_mg: 50 }, { drug: "metamizole" }]);
    expect(usualPainkillers([], anEpisode(), "unknown")).toEqual([]);
  });

  test("stand beside one that was typed", () => {
    const [body] = bodies({ painkiller: true, drug: "tramadol", dose: "50", usual: [{ drug: "ibuprofen", dose_mg: 400 }] });
    expect(body?.analgesics).toEqual([{ drug: "tramadol", dose_mg: 50 }, { drug: "ibuprofen", dose_mg: 400 }]);
  });

  test("added to an entry keep those it has", () => {
    const before = anEntry(T0, 3, { analgesics: [{ drug: "a" }, { drug: "b" }] });
    const entry = { entryId: before.entry_id, head: asRevision(before), body: before.body, edited: false };
    const after = changed(entry, { ...draftOf(before.body, NOW, true), usual: [{ drug: "c" }] }, writing(NOW));
    expect((after.body as EntryBody).analgesics?.map(({ drug }) => drug)).toEqual(["a", "c", "b"]);
  });
});

describe("blood sugar", () => {
  test.each([["11,2", "mmol/L", { value: 11.2, unit: "mmol/L" }], ["180", "mg/dL", { value: 180, unit: "mg/dL" }], ["", null, null]] as const)(
    "%s %s is read", (written, unit, value) => expect(parseGlucose(written, unit)).toEqual(value));

  test.each([["180", null], ["180", "mmol/L"], ["5.6", "mg/dL"], ["high", "mg/dL"], ["1e2", "mg/dL"]] as const)(
    "%s %s is asked again", (written, unit) => expect(parseGlucose(written, unit)).toBe("unclear"));

  test("travels with the entry, and the unit is remembered from it", () => {
    expect(bodies({ glucose: "180", unit: "mg/dL" })[0]?.glucose).toEqual({ value: 180, unit: "mg/dL" });
    expect(usualUnit(kept({ glucose: { value: 9, unit: "mmol/L" } }, {}))).toBe("mmol/L");
    expect(usualUnit(kept({}))).toBeNull();
  });
});

describe("a helper", () => {
  test("is marked on every entry of the form and on a check-in that was slept through", () => {
    expect(bodies({ proxy: true, scale: "average_24h", worst: 5 }).map(({ proxy }) => proxy)).toEqual([true, true]);
    expect(skipped("now", "asleep", writing(NOW), true).body).toMatchObject({ proxy: true });
    expect(bodies({})[0]).not.toHaveProperty("proxy");
  });

  test("is a mark that can be taken off again", () => {
    const before = anEntry(T0, 3, { proxy: true, stated_relief_percent: 40, glucose: { value: 180, unit: "mg/dL" } });
    const entry = { entryId: before.entry_id, head: asRevision(before), body: before.body, edited: false };
    const draft = draftOf(before.body, NOW, true);
    expect(draft).toMatchObject({ proxy: true, relief: 40, glucose: "180", unit: "mg/dL" });
    const after = changed(entry, { ...draft, proxy: false, glucose: "" }, writing(NOW));
    expect(after.body).not.toHaveProperty("proxy");
    expect(after.body).not.toHaveProperty("glucose");
    expect(after.body).toMatchObject({ stated_relief_percent: 40 });
  });
});

test("stated relief is hidden and kept as long as scores are", () => {
  const before = anEntry(T0, 3, { stated_relief_percent: 40 });
  const entry = { entryId: before.entry_id, head: asRevision(before), body: before.body, edited: false };
  const draft = draftOf(before.body, NOW, false);
  expect(draft.relief).toBeNull();
  expect(changed(entry, draft, writing(NOW)).body).toMatchObject({ stated_relief_percent: 40 });
});

test("each of them is something the patient has put in", () => {
  for (const part of [{ relief: 0 }, { glucose: "1" }, { proxy: true }, { usual: [{ drug: "a" }] }]) {
    expect(isTouched({ ...emptyDraft("now", NOW), ...part })).toBe(true);
  }
});
