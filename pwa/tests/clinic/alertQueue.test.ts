/** The queue's sentences: every event, outcome and state a server can tell has words. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { waitingText } from "../../src/clinic/alerts/AlertsScreen";
import { eventText, eventTime, noteOf } from "../../src/clinic/alerts/historyText";
import { figures, waitText } from "../../src/clinic/alerts/LoadFigures";
import type { AlertEvent, AlertQueue } from "../../src/clinic/alerts/types";
import { ALERT_OUTCOMES, MESSAGE_PROBLEMS } from "../../src/clinic/words";

const source = (path: string) => readFileSync(new URL(`../../../server/${path}`, import.meta.url), "utf8");

function event(kind: string, detail: Record<string, unknown> = {}, name: string | null = "Dr Ek"): AlertEvent {
  return { number: 1, at: "2026-03-02T13:02:00Z", kind, by: name ? "clinician" : "system", name, detail };
}

test("every kind of event the server writes has a sentence of its own", () => {
  const services = ["alerting", "answering", "escalation"].map((name) => source(`services/${name}.py`)).join("\n");
  const kinds = [...services.matchAll(/alert,\s+"([a-z_]+)", now/g)].map((match) => match[1] ?? "");
  kinds.push("told", "delayed", "unreachable", "closed", "corrected", "shown", "called");
  expect(kinds.length).toBeGreaterThan(12);
  for (const kind of kinds) expect(eventText(event(kind, { level: "S", outcome: "other" })), kind).not.toBe(kind.replaceAll("_", " "));
});

test("every outcome a form can send has words", () => {
  const listed = /OUTCOMES: Final = \(([^)]*)\)/.exec(source("domain/alerts.py"))?.[1] ?? "";
  const codes = [...listed.matchAll(/"([a-z_]+)"/g)].map((match) => match[1] ?? "");
  expect(codes.filter((code) => !Object.hasOwn(ALERT_OUTCOMES, code))).toEqual([]);
  expect(codes.length).toBe(Object.keys(ALERT_OUTCOMES).length - 1);
  for (const code of ["answered", "too-late", "not-configured", "delivery-failed", "delivery-refused"])
    expect(MESSAGE_PROBLEMS).toHaveProperty([code]);
});

test("the history says who did what, and what they wrote", () => {
  expect(eventText(event("acknowledged"))).toBe("Acknowledged by Dr Ek");
  expect(eventText(event("handed_over", { owner: "Nurse Ito" }))).toBe("Handed to Nurse Ito by Dr Ek");
  expect(eventText(event("closed", { outcome: "visit_arranged" }))).toBe("Closed by Dr Ek: visit arranged");
  expect(eventText(event("escalated", { recipient: "Ward 3", channel: "email" }, null))).toBe("Nobody acknowledged: Ward 3 is told by e-mail");
  expect(eventText(event("unanswered", { level: "S" }, null))).toBe("Recheck not answered: now same day");
  expect(eventText(event("called", { whom: "emergency" }, null))).toBe("The patient called the emergency number");
  expect(noteOf(event("attempted", { note: "No answer." }))).toBe("No answer.");
});

test("what happened on the phone bears the phone's time, the rest the server's", () => {
  expect(eventTime(event("shown", { at: "2026-03-02T14:00:00+01:00" }, null), "Europe/Berlin")).toBe("2 Mar 2026, 14:00");
  expect(eventTime(event("told", {}, null), "Europe/Berlin")).toBe("2 Mar 2026, 14:02");
});

test("what waits is counted, late ones apart", () => {
  const queue = (counts: AlertQueue["counts"]) => waitingText({ counts } as AlertQueue);
  expect(queue({ E: 0, S: 0, N: 0, late: 0 })).toBe("Everything is acknowledged.");
  expect(queue({ E: 1, S: 1, N: 0, late: 1 })).toBe("2 not acknowledged, 1 past due");
});

test("the load is told per hundred entries, and not at all without entries", () => {
  const load = { days: 28, entries: 0, alerts: 0, per_100_entries: null, by_level: { E: 0, S: 0, N: 0 }, answered: 0, answered_in_time: 0, late: 0, median_answer_seconds: null };
  expect(figures(load)[0]).toEqual(["alerts per 100 entries", "–"]);
  const some = figures({ ...load, entries: 200, alerts: 3, per_100_entries: 1.5, answered_in_time: 2, late: 1, median_answer_seconds: 400 });
  expect(some[0]?.[1]).toBe("1.5");
  expect(some.find(([name]) => name === "answered in time")?.[1]).toBe("2 of 3");
  expect([waitText(20), waitText(400), waitText(9000)]).toEqual(["under 1 min", "7 min", "3 h"]);
});
