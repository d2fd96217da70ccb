/** The planned check-ins, against the cases the server plans too. */

import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { asksOf, indexPainName } from "../../src/diary/scales.ts";
import { widerSlots } from "../../src/diary/offeredEvenings.ts";
import { type Slot, slots } from "../../src/diary/schedule.ts";
import { ZoneClock, zoneClock } from "../../src/diary/zone.ts";

interface Case {
  name: string;
  input: { performed_at: string; zone: string; planned_at?: string; again_after?: number };
  slots: Record<string, unknown>[];
}
const { cases } = JSON.parse(
  readFileSync(new URL("../../../tests/contract/schedule.json", import.meta.url), "utf-8"),
) as { cases: Case[] };

const MOMENTS = { planned: "plannedAt", opens: "onTimeFrom", closes: "onTimeUntil", late_until: "lateUntil", back_fill_until: "backFillUntil" } as const;
const ms = (text: unknown) => Date.parse(String(text));

describe("the phone and the server plan the same check-ins", () => {
  test.each(cases.map((one) => [one.name, one] as const))("%s", (_, { input, slots: wanted }) => {
    const found = widerSlots({
      performedAt: ms(input.performed_at),
      zone: input.zone,
      ...(input.planned_at === undefined ? {} : { plannedAt: ms(input.planned_at) }),
      ...(input.again_after === undefined ? {} : { againAfter: input.again_after }),
    });
    expect(found.map(readable)).toEqual(wanted.map(fromContract));
  });
});

function readable(slot: Slot): Record<string, unknown> {
  const moments = Object.values(MOMENTS).map((name) => [name, new Date(slot[name]).toISOString()]);
  return { key: slot.key, kind: slot.kind, scale: slot.scale, expected: slot.expected, ...Object.fromEntries(moments) };
}

function fromContract(slot: Record<string, unknown>): Record<string, unknown> {
  const moments = Object.entries(MOMENTS).map(([theirs, ours]) => [ours, new Date(ms(slot[theirs])).toISOString()]);
  return { key: slot["key"], kind: slot["kind"], scale: slot["scale"], expected: slot["expected"], ...Object.fromEntries(moments) };
}

describe("a zone's wall clock", () => {
  const dayOf = (date: string) => Date.parse(date) / 86_400_000;
  const HOUR = 3_600_000;

  test("moves a time skipped in spring on by the skipped hour", () => {
    const berlin = zoneClock("Europe/Berlin");
    expect(berlin.at(dayOf("2026-03-29"), 2.5 * HOUR)).toBe(ms("2026-03-29T03:30:00+02:00"));
    expect(berlin.at(dayOf("2026-03-29"), 1.5 * HOUR)).toBe(ms("2026-03-29T01:30:00+01:00"));
    expect(berlin.at(dayOf("2026-03-29"), 3 * HOUR)).toBe(ms("2026-03-29T03:00:00+02:00"));
  });

  test("takes the first of two equal times in autumn", () => {
    const berlin = zoneClock("Europe/Berlin");
    expect(berlin.at(dayOf("2026-10-25"), 2.5 * HOUR)).toBe(ms("2026-10-25T02:30:00+02:00"));
    expect(berlin.at(dayOf("2026-10-25"), 3 * HOUR)).toBe(ms("2026-10-25T03:00:00+01:00"));
  });

  test("begins a day at the first moment it has, where midnight is skipped", () => {
    const santiago = zoneClock("America/Santiago");
    expect(santiago.at(dayOf("2026-09-06"))).toBe(ms("2026-09-06T01:00:00-03:00"));
    expect(santiago.day(santiago.at(dayOf("2026-09-06")) - 1)).toBe(dayOf("2026-09-05"));
  });

  test("knows half-hour changes and offsets before 1970 and within a second", () => {
    expect(zoneClock("Australia/Lord_Howe").offset(ms("2026-04-05T12:00:00Z"))).toBe(10.5 * HOUR);
    expect(zoneClock("Asia/Kolkata").offset(-1)).toBe(5.5 * HOUR);
    expect(zoneClock("Europe/Berlin").offset(ms("2026-07-01T00:00:00.999Z"))).toBe(2 * HOUR);
  });

  test("refuses a zone that does not exist", () => {
    expect(() => new ZoneClock("Europe/Atlantis")).toThrow(RangeError);
  });

  test("reads the zone's rules once, so that a phone can plan at every redraw", () => {
    const read = vi.spyOn(Intl.DateTimeFormat.prototype, "formatToParts");
    const plan = () => slots({ performedAt: ms("2026-05-01T08:00:00Z"), zone: "Pacific/Auckland" });
    const first = plan();
    const cold = read.mock.calls.length;
    expect(plan()).toEqual(first);
    expect(cold).toBeLessThan(150);
    expect(read.mock.calls.length - cold).toBeLessThan(30);
  });
});

describe("what a check-in asks", () => {
  test("is the pain right now in the first hours and at bedtime", () => {
    for (const kind of ["pre", "early", "hour", "bedtime"] as const) expect(asksOf(kind)).toEqual([{ scale: "now", optional: false }]);
  });

  test("is the average in the evening, with worst and now as extras", () => {
    for (const kind of ["day", "week", "month", "again"] as const) {
      expect(asksOf(kind).map((ask) => [ask.scale, ask.optional])).toEqual([
        ["average_24h", false],
        ["worst_24h", true],
        ["now", true],
      ]);
    }
  });

  test("fits the scale that fills the check-in", () => {
    for (const slot of slots({ performedAt: ms("2026-05-01T08:00:00Z"), zone: "UTC" })) {
      expect(asksOf(slot.kind)[0]?.scale).toBe(slot.scale ?? "pgic");
    }
  });

  test("names the index pain by side and site", () => {
    expect(indexPainName({ site: "leg", side: "left" })).toBe("left_leg");
    expect(indexPainName({ site: "arm", side: "both" })).toBe("both_arm");
  });
});
