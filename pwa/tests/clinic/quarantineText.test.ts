/** A record held back, in words a physician can act on. */
import { expect, test } from "vitest";
import { quarantineText } from "../../src/clinic/episode/quarantineText";

const text = (code: string, where: string, raw: unknown) =>
  quarantineText(
    { quarantine_id: "q", received_at: "2026-03-02T09:00:00Z", code, where, raw: typeof raw === "string" ? raw : JSON.stringify(raw) },
    "Europe/Berlin",
  );

test("says what cannot be right, what could, and when it was felt", () => {
  expect(text("invalid", "/body/pain", { body: { pain: 14, taken_at: "2026-03-02T09:40:00+01:00" } })).toEqual({
    problem: "Pain 14 cannot be right; it has to be a whole number from 0 to 10",
    when: "felt 2 Mar 2026, 09:40, received 2 Mar 2026, 10:00",
  });
});

test("a time that cannot be read is quoted, and the receipt stands in for it", () => {
  expect(text("invalid", "/body/taken_at", { body: { taken_at: "yesterday" } })).toEqual({
    problem: "Time felt “yesterday” cannot be right; it has to be a date and time with its zone",
    when: "received 2 Mar 2026, 10:00",
  });
});

test("what is missing or unknown is named, and raw text that is no record does not break the page", () => {
  expect(text("missing", "/body/scale", { body: {} }).problem).toBe("Scale is missing; it has to be now, average or worst of 24 h");
  expect(text("invalid", "/body/analgesics[0].dose_mg", { body: { analgesics: [{ dose_mg: -1 }] } }).problem).toBe(
    "Dose -1 cannot be right; it has to be milligrams, 0 or more",
  );
  expect(text("not-an-object", "/", "not json").problem).toBe("Not a record at all");
  expect(text("unknown-field", "/body/side_effects/0/code", { body: {} }).problem).toBe("A field this version does not know: code");
});
