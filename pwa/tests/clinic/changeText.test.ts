/** The record's history in the words of the form. */
import { expect, test } from "vitest";
import { changeText } from "../../src/clinic/changeText";

const text = (field: string, before: unknown, after: unknown) => changeText({ field, before, after }, "Europe/Berlin");

test("a corrected T0 is told from what to what, on the episode's clock", () => {
  expect(text("procedure.performed_at", "2026-02-09T14:02:00+01:00", "2026-02-09T13:20:00Z")).toBe(
    "T0: 9 Feb 2026, 14:02 → 9 Feb 2026, 14:20",
  );
});

test("codes become words, and what was absent says so", () => {
  expect(text("procedure.side", "left", "bilateral")).toBe("side: left → both sides");
  expect(text("baseline.pain", null, 7)).toBe("baseline pain: not recorded → 7/10");
  expect(text("procedure.sedation", null, false)).toBe("sedation: not recorded → no");
  expect(text("procedure.steroid.dose_mg", 8, 10)).toBe("steroid dose: 8 mg → 10 mg");
  expect(text("index_pain.side", "left", "right")).toBe("index pain, side: left → right");
});

test("drugs and events are told as the record tells them", () => {
  const lidocaine = [{ drug: "lidocaine", concentration_percent: 2, volume_ml: 0.5 }];
  expect(text("procedure.anaesthetic", null, lidocaine)).toBe("anaesthetic: not recorded → lidocaine 2 % 0.5 mL");
  expect(text("procedure.steroid", null, { drug: "dexamethasone", dose_mg: 10 })).toBe(
    "steroid: none or not known → dexamethasone 10 mg",
  );
  expect(text("events", [], [{ kind: "repeat", at: "2026-03-20T09:00:00+01:00" }])).toBe(
    "repeat injection or surgery: none → repeat injection 20 Mar 2026, 09:00",
  );
});

test("a value of an unforeseen shape is shown rather than lost", () => {
  expect(text("baseline.daily", "odd", null)).toBe('daily averages: "odd" → not recorded');
  expect(text("procedure.brand_new", 1, 2)).toBe("brand new: 1 → 2");
});
