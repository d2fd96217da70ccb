/** Instants and wall clocks, also across the days when the clocks change. */
import { describe, expect, test } from "vitest";
import * as time from "../../src/clinic/time";

const BERLIN = "Europe/Berlin";

describe("a wall clock becomes an instant", () => {
  const cases: [string, string, string, string | null][] = [
    ["2026-02-09", "14:02", BERLIN, "2026-02-09T14:02:00+01:00"],
    ["2026-07-09", "14:02", BERLIN, "2026-07-09T14:02:00+02:00"],
    ["2026-03-29", "02:30", BERLIN, null],
    ["2026-10-25", "02:30", BERLIN, "2026-10-25T02:30:00+02:00"],
    ["2026-01-31", "23:59", "Asia/Kathmandu", "2026-01-31T23:59:00+05:45"],
    ["2026-01-31", "23:59", "America/St_Johns", "2026-01-31T23:59:00-03:30"],
    ["2026-02-30", "10:00", BERLIN, null],
    ["", "10:00", BERLIN, null],
  ];
  test.each(cases)("%s %s in %s is %s", (date, clock, zone, instant) => {
    expect(time.toInstant(date, clock, zone)).toBe(instant);
  });
});

describe("an instant is shown where the patient is", () => {
  test("in the episode's zone, whatever the zone of the desk", () => {
    expect(time.dateTime("2026-02-09T13:02:00Z", BERLIN)).toBe("9 Feb 2026, 14:02");
    expect(time.dateTime("2026-02-09T23:30:00Z", BERLIN)).toBe("10 Feb 2026, 00:30");
  });

  test("days are counted by local dates, through the change of clocks", () => {
    expect(time.dayCount("2026-03-28T22:30:00+01:00", "2026-03-29T22:30:00Z", BERLIN)).toBe(2);
    expect(time.dayCount("2026-03-28T22:30:00+01:00", new Date("2026-03-28T22:50:00Z"), BERLIN)).toBe(0);
  });

  test("the first day counts in minutes and hours, then in days", () => {
    const t0 = "2026-02-09T14:02:00+01:00";
    expect(time.sinceT0(t0, "2026-02-09T14:32:00+01:00", BERLIN)).toBe("+30 min");
    expect(time.sinceT0(t0, "2026-02-09T16:07:00+01:00", BERLIN)).toBe("+2 h 05");
    expect(time.sinceT0(t0, "2026-02-09T13:42:00+01:00", BERLIN)).toBe("\u221220 min");
    expect(time.sinceT0(t0, "2026-02-13T21:00:00+01:00", BERLIN)).toBe("day 4");
  });

  test("how long ago an entry came", () => {
    const now = new Date("2026-02-10T20:00:00Z");
    const ago = (text: string) => time.ago(text, now, BERLIN);
    expect(ago("2026-02-10T19:59:40Z")).toBe("just now");
    expect(ago("2026-02-10T19:48:00Z")).toBe("12 min ago");
    expect(ago("2026-02-10T15:00:00Z")).toBe("5 h ago");
    expect(ago("2026-02-09T20:04:00Z")).toBe("yesterday, 21:04");
    expect(ago("2026-01-05T20:04:00Z")).toBe("5 Jan");
    expect(ago("2025-11-12T20:04:00Z")).toBe("12 Nov 2025");
  });
});

test("an alert says when it is due and how long it has been overdue", () => {
  const now = new Date("2026-02-10T20:00:00Z");
  const due = (text: string) => time.dueText(text, now, BERLIN);
  expect(due("2026-02-10T20:09:00Z")).toBe("due 21:09");
  expect(due("2026-02-10T19:59:30Z")).toBe("due now");
  expect(due("2026-02-10T19:59:00Z")).toBe("overdue for 1 min");
  expect(due("2026-02-10T15:00:00Z")).toBe("overdue for 5 h");
  expect(due("2026-02-09T05:00:00Z")).toBe("overdue since yesterday, 06:00");
});

test("a countdown ends and does not run below zero", () => {
  const now = Date.parse("2026-02-09T13:00:00Z");
  expect(time.countdown("2026-02-09T13:09:05Z", now)).toBe("9:05");
  expect(time.countdown("2026-02-10T12:59:30Z", now)).toBe("23 h 59 min");
  expect(time.countdown("2026-02-09T13:00:00Z", now)).toBeNull();
});

test("a zone is one the browser knows", () => {
  expect([BERLIN, "UTC", "Mars/Olympus", ""].map(time.isZone)).toEqual([true, true, false, false]);
});
