/** What an entry says in the table and the popover. */
import { describe, expect, test } from "vitest";
import * as text from "../../src/clinic/episode/entryText";
import type { Entry, EntryBody, Revision } from "../../src/clinic/types";

const BERLIN = "Europe/Berlin";
const T0 = "2026-02-09T14:02:00+01:00";

function entry(body: EntryBody | null, revisions: Revision[] = [], received = "2026-02-09T13:33:00Z"): Entry {
  return {
    entry_id: "x",
    kind: "entry",
    deleted: body === null,
    grade: "on_time",
    slot: null,
    edited: false,
    flags: [],
    head: { rev_id: "r", body, recorded: null, received_at: received, by: "patient" },
    revisions,
  };
}

function revision(rev_id: string, body: EntryBody): Revision {
  return { rev_id, parent_rev: null, op: "put", body, recorded: null, received_at: T0, by: "patient", status: "stored" };
}

describe("when", () => {
  test("the patient's own wall clock is kept, and named when it was another zone", () => {
    expect(text.localTime("2026-02-09T14:32:00+01:00", BERLIN)).toEqual({ day: "Mon 9 Feb", time: "14:32", elsewhere: null });
    expect(text.localTime("2026-02-09T08:32:00-05:00", BERLIN)).toEqual({
      day: "Mon 9 Feb",
      time: "08:32",
      elsewhere: "UTC-05:00",
    });
  });

  test("a time in UTC is shown in the episode's zone", () => {
    expect(text.localTime("2026-02-09T13:32:00Z", BERLIN).time).toBe("14:32");
  });

  test("a 24 h score belongs to the day twelve hours before it was given", () => {
    const morning = { taken_at: "2026-02-12T09:00:00+01:00", scale: "average_24h", pain: 4 } as const;
    expect(text.sinceText(entry(morning), T0, BERLIN)).toBe("day 2");
    expect(text.sinceText(entry({ ...morning, scale: "now" }), T0, BERLIN)).toBe("day 3");
  });

  test("the date of receipt is written out only when it is another day", () => {
    const felt = { taken_at: "2026-02-09T14:32:00+01:00", scale: "now", pain: 4 } as const;
    expect(text.receivedText(entry(felt), BERLIN)).toBe("14:33");
    expect(text.receivedText(entry(felt, [], "2026-02-10T06:00:00Z"), BERLIN)).toBe("10 Feb, 07:00");
  });
});

describe("what", () => {
  test("everything that was ticked is said in words", () => {
    const body: EntryBody = {
      side_effects: [{ code: "nausea", severity: "mild" }, { code: "headache" }],
      analgesics: [{ drug: "ibuprofen", dose_mg: 400, taken_at: "2026-02-09T20:10:00+01:00" }],
      activity: "provoking",
      numb: false,
      weak: true,
      stated_relief_percent: 80,
    };
    expect(text.sideEffectsText(body)).toBe("nausea, mild; headache");
    expect(text.analgesicsText(body, BERLIN)).toBe("ibuprofen 400 mg at 20:10");
    expect(text.contextText(body)).toBe("provoking activity; limb not numb; limb weak; states 80 % relief");
  });

  test("a skipped check-in is never a zero", () => {
    expect(text.painText({ pain: null, skipped: "asleep" })).toBe("asleep");
    expect(text.painText({ pain: 0 })).toBe("0");
  });

  test("a deleted entry still shows what it said", () => {
    const deleted = entry(null, [revision("a", { pain: 6 }), { ...revision("b", {}), body: null, op: "tombstone" }]);
    expect(text.bodyOf(deleted)).toEqual({ pain: 6 });
  });

  test("a revision says what it changed", () => {
    expect(text.changesBetween({ pain: 6 }, { pain: 4 })).toBe("pain 6 → 4");
    expect(text.changesBetween({ pain: 6 }, { pain: 6, numb: true })).toBe("numb – → true");
    expect(text.changesBetween({ pain: 6 }, null)).toBe("deleted");
    expect(text.changesBetween({ pain: 6 }, { pain: 6, recorded_at: T0 })).toBe("nothing but its time of recording");
  });
});

test("an impression of change says its level, and stands in no scale of pain", () => {
  const impression: Entry = { ...entry({ taken_at: T0, change: 2 }), kind: "impression" };
  expect([text.insteadOfScore(impression), text.answerText(impression)]).toEqual(["impression of change", "much improved"]);
  expect(text.insteadOfScore(entry({}))).toBeNull();
  expect(text.changesBetween(null, { change: 7 })).toBe("very much worse");
});

test("blood sugar and a helper's hand are said with the rest", () => {
  expect(text.contextText({ glucose: { value: 9.4, unit: "mmol/L" }, proxy: true })).toBe("blood sugar 9.4 mmol/L; written by a helper");
});
