/** Why an alert stands at its level, and what is kept of it once it has been seen. */
import { expect, test } from "vitest";
import { seenText, whyText } from "../../src/clinic/episode/alertText";
import type { Alert, AlertLevel } from "../../src/clinic/types";

const T0 = "2026-03-02T09:20:00+01:00";
const after = (hours: number) => new Date(Date.parse(T0) + hours * 3_600_000).toISOString();

function alert(kind: string, level: AlertLevel, part: Partial<Alert> = {}): Alert {
  return {
    alert_id: "a", entry_id: "e", kind, title: kind, level, reports: 1, opened_at: after(30),
    due_at: "2026-03-03T15:00:00Z", acknowledged_at: null, acknowledged_by: null, owner_id: null, owner: null,
    outcome: null, closed_at: null, closed_by: null, steps: 0, escalate_at: null, recheck_at: null, ...part,
  };
}

test("the hours after T0 are told where they decided the level", () => {
  expect(whyText(alert("limb_weak_or_numb", "E"), after(30.5), T0)).toBe("30 h after T0; from 24 h on: emergency");
  expect(whyText(alert("limb_weak_or_numb", "S"), after(13), T0)).toBe("13 h after T0; 12 h to 24 h: same day");
  expect(whyText(alert("more_pain", "N"), after(96), T0)).toBe("4 days after T0; from 3 days on: next working day");
});

test("where the answers decided it, they are named", () => {
  expect(whyText(alert("limb_weak_or_numb", "E"), after(2), T0)).toBe("2 h after T0; emergency by the patient's answers");
});

test("a red flag of one level at any time tells only when it was", () => {
  expect(whyText(alert("allergy", "E"), after(0.5), T0)).toBe("30 min after T0");
  expect(whyText(alert("allergy", "E"), after(-1), T0)).toBe("before T0");
  expect(whyText(alert("allergy", "E"), after(1), null)).toBeNull();
});

test("a seen alert keeps who saw it, when, and whether that was late", () => {
  const seen = (at: string) => seenText(alert("allergy", "E", { acknowledged_at: at, acknowledged_by: "Dr Ek" }), "Europe/Berlin");
  expect(seen("2026-03-03T14:59:00Z")).toBe("reported 3 Mar 2026, 15:20; seen by Dr Ek 3 Mar 2026, 15:59, in time");
  expect(seen("2026-03-03T15:13:00Z")).toBe("reported 3 Mar 2026, 15:20; seen by Dr Ek 3 Mar 2026, 16:13, 13 min late");
  expect(seen("2026-03-03T19:30:00Z")).toContain("4 h late");
});
