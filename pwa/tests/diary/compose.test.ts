import { describe, expect, test } from "vitest";
import { emptyDraft, isTouched, newEntries, skipped, takenAt, type Draft } from "../../src/diary/compose.ts";
import { changed, draftOf, flagReport } from "../../src/diary/revise.ts";
import type { Entry } from "../../src/diary/head.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import type { EntryBody, Operation } from "../../src/diary/record.ts";
import { anEntry, asRevision, HOUR, MINUTE, T0, writing } from "../makers.ts";

const NOW = T0 + 2 * HOUR;
const filled = (part: Partial<Draft>): Draft => ({ ...emptyDraft("now", NOW - 5_000), pain: 3, ...part });
const bodies = (operations: Operation[]) => operations.map(({ body }) => body as EntryBody);
const entryOf = (operation: Operation): Entry => ({
  entryId: operation.entry_id,
  head: asRevision(operation),
  body: operation.body as EntryBody,
  edited: false,
});

describe("a new entry", () => {
  test("holds the score, the moment and nothing that was not said", () => {
    const [body] = bodies(newEntries(filled({}), writing(NOW)));
    expect(body).toEqual({ taken_at: toRfc3339(NOW), recorded_at: toRfc3339(NOW), scale: "now", pain: 3 });
  });

  test("a moment chosen as some minutes ago is described then and recorded now", () => {
    const [body] = bodies(newEntries(filled({ when: { kind: "ago", minutes: 30, at: NOW - 30 * MINUTE } }), writing(NOW)));
    expect(body).toMatchObject({ taken_at: toRfc3339(NOW - 30 * MINUTE), recorded_at: toRfc3339(NOW) });
  });

  test("carries what the phone's clock said, as it was", () => {
    const [operation] = newEntries(filled({}), { ...writing(NOW), openedAt: NOW - 8_000, skewMs: 1234.6 });
    expect(operation?.recorded).toMatchObject({ elapsed_ms: 8_000, skew_ms: 1235, day: "2026-03-02" });
  });

  test("every detail travels in the words of the diary format", () => {
    const [body] = bodies(newEntries(filled({
      axial: 2, effects: { nausea: "moderate" }, painkiller: true, drug: " ibuprofen ", dose: "400,5", numb: false, weak: true, activity: "provoking", note: " slept badly ",
    }), writing(NOW)));
    expect(body).toMatchObject({
      axial: 2, side_effects: [{ code: "nausea", severity: "moderate" }], analgesics: [{ drug: "ibuprofen", dose_mg: 400.5 }],
      numb: false, weak: true, activity: "provoking", note: "slept badly",
    });
  });

  test("a painkiller without a name or with a wrong amount is still a painkiller", () => {
    const [body] = bodies(newEntries(filled({ painkiller: true, dose: "two" }), writing(NOW)));
    expect(body?.analgesics).toEqual([{ drug: "unknown" }]);
  });

  test("an evening with worst and now becomes three entries of one check-in, with the details once", () => {
    const evening = { ...emptyDraft("average_24h", NOW), pain: 4, worst: 7, alsoNow: 2, effects: { nausea: "mild" as const } };
    const made = bodies(newEntries(evening, writing(NOW)));
    expect(made.map(({ scale, pain }) => [scale, pain])).toEqual([["average_24h", 4], ["worst_24h", 7], ["now", 2]]);
    expect(new Set(made.map(({ checkin_id }) => checkin_id)).size).toBe(1);
    expect(made.filter(({ side_effects }) => side_effects).length).toBe(1);
  });

  test("a 24-hour average saved in the morning belongs to the day before", () => {
    const morning = Date.parse("2026-03-04T09:00:00Z");
    const [operation] = newEntries({ ...emptyDraft("average_24h", morning), pain: 4 }, writing(morning));
    expect(operation?.recorded.day).toBe("2026-03-03");
  });

  test("sleeping through a check-in is an entry without a score", () => {
    expect(skipped("now", "asleep", writing(NOW)).body).toMatchObject({ pain: null, skipped: "asleep" });
  });
});

describe("a changed entry", () => {
  const before = anEntry(T0, 6, { side_effects: [{ code: "nausea", severity: "mild" }], checkin_id: "c1" });

  test("is a new version of the same entry", () => {
    const after = changed(entryOf(before), { ...draftOf(before.body, NOW, true), pain: 4 }, writing(T0 + 10 * MINUTE));
    expect(after).toMatchObject({ entry_id: before.entry_id, parent_rev: before.rev_id, body: { pain: 4, checkin_id: "c1" } });
    expect(after.rev_id).not.toBe(before.rev_id);
  });

  test("keeps the saved score when it is hidden and no new one was chosen", () => {
    const after = changed(entryOf(before), draftOf(before.body, NOW, false), writing(NOW));
    expect(after.body).toMatchObject({ pain: 6, recorded_at: before.body.recorded_at });
  });

  test("loses what was taken back and keeps keys this app does not know", () => {
    const newer = { ...before, body: { ...before.body, sleep_hours: 6 } as EntryBody };
    const after = changed(entryOf(newer), { ...draftOf(newer.body, NOW, true), effects: {} }, writing(NOW));
    expect(after.body).not.toHaveProperty("side_effects");
    expect(after.body).toHaveProperty("sleep_hours", 6);
  });

  test("a slip corrected within the hour keeps its recorded time; a score changed later is a memory", () => {
    const soon = changed(entryOf(before), { ...draftOf(before.body, NOW, true), pain: 5 }, writing(T0 + 60 * MINUTE));
    const late = changed(entryOf(before), { ...draftOf(before.body, NOW, true), pain: 5 }, writing(T0 + 61 * MINUTE));
    expect(soon.body).toMatchObject({ recorded_at: before.body.recorded_at });
    expect(late.body).toMatchObject({ recorded_at: toRfc3339(T0 + 61 * MINUTE) });
  });

  test("other details never move the recorded time", () => {
    const after = changed(entryOf(before), { ...draftOf(before.body, NOW, true), note: "more" }, writing(NOW));
    expect(after.body).toMatchObject({ note: "more", recorded_at: before.body.recorded_at });
  });

  test("a skipped one that gets a score is no longer skipped", () => {
    const sleepy = skipped("now", "asleep", writing(T0));
    const after = changed(entryOf(sleepy), { ...draftOf(sleepy.body as EntryBody, NOW, true), pain: 2 }, writing(NOW));
    expect(after.body).toMatchObject({ pain: 2 });
    expect(after.body).not.toHaveProperty("skipped");
  });
});

test("an untouched form is not a draft", () => {
  expect(isTouched(emptyDraft("now", NOW))).toBe(false);
  expect(isTouched(filled({ pain: 0 }))).toBe(true);
});

test("an incomplete chosen time is no time", () => {
  expect(takenAt(filled({ when: { kind: "at", at: null } }), NOW)).toBeNull();
});

test("a symptom report says what was shown", () => {
  expect(flagReport([{ code: "hives" }], "S", writing(NOW))).toMatchObject({ kind: "flag_report", body: { shown_level: "S", reports: [{ code: "hives" }] } });
});
