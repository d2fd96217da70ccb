/** Parts of the settings in sentences, and what keeps them from being saved. */
import { expect, test } from "vitest";
import { contactsProblem, contactsText, hoursProblem, hoursText, messageText, WEEKDAYS } from "../../src/clinic/settings/partText";
import type { Contact, Hours, StaffMessage } from "../../src/clinic/settings/types";

const SPAN = { opens: "08:00", closes: "17:00" };
const days = Object.fromEntries(WEEKDAYS.map(([day], at) => [day, at < 5 ? SPAN : null])) as Hours["days"];
const contact: Contact = { contact_id: "c", name: "Dr Ek", email: "ek@clinic.example", phone: null, levels: ["E"] };

test("hours need one open day, both times, and closing after opening", () => {
  expect(hoursProblem({ days, holidays: [] })).toBeNull();
  expect(hoursProblem({ days: { ...days, sat: { opens: "12:00", closes: "09:00" } }, holidays: [] })).toBe("Saturday: closing must come after opening.");
  expect(hoursProblem({ days: { ...days, mon: { opens: "", closes: "09:00" } }, holidays: [] })).toBe("Monday: enter both times.");
  const closed = Object.fromEntries(WEEKDAYS.map(([day]) => [day, null])) as Hours["days"];
  expect(hoursProblem({ days: closed, holidays: [] })).toContain("one weekday at least");
  expect(hoursText({ days, holidays: [{ date: "2026-12-25", name: "Christmas Day" }] })).toContain("Sunday closed\nHolidays: 2026-12-25 Christmas Day");
});

test("a contact needs a name, a way to be reached and a level", () => {
  const problem = (part: Partial<Contact>) => contactsProblem({ contacts: [{ ...contact, ...part }] });
  expect(problem({})).toBeNull();
  expect(problem({ name: " " })).toBe("Contact 1: enter a name.");
  expect(problem({ email: null })).toContain("e-mail address or a mobile phone");
  expect(problem({ email: "nowhere" })).toContain("not an e-mail address");
  expect(problem({ phone: "call me" })).toContain("phone number");
  expect(problem({ levels: [] })).toContain("choose a level");
  expect(contactsText({ contacts: [contact] })).toBe("1. Dr Ek: ek@clinic.example (emergency)");
  expect(contactsText({ contacts: [] })).toBe("Nobody");
});

test("a message says where it stands and why it does not move", () => {
  const message: StaffMessage = {
    message_id: "m", kind: "test", recipient: "Dr Ek", channel: "email", status: "waiting", attempts: 0, problem: null,
    created_at: "2026-03-02T13:00:00Z", next_attempt_at: "2026-03-02T13:05:00Z", sent_at: null,
  };
  const text = (part: Partial<StaffMessage>) => messageText({ ...message, ...part }, "Europe/Berlin");
  expect(text({})).toBe("on its way");
  expect(text({ status: "sent", sent_at: "2026-03-02T13:01:00Z" })).toBe("sent 14:01");
  expect(text({ attempts: 3, problem: "delivery-failed" })).toBe("not sent yet after 3 attempts: the server for this channel did not take it; next at 14:05");
  expect(text({ status: "dropped", problem: "answered" })).toBe("not sent: somebody acknowledged meanwhile");
});
