/** Parts of the settings as sentences, and what keeps a draft from being saved. */
import { clock, wallAt } from "../time";
import { ALERT_LEVELS, CHANNELS, MESSAGE_PROBLEMS, wordsFor } from "../words";
import type { Channels, Contacts, Hours, StaffMessage, Weekday } from "./types";

export const WEEKDAYS: readonly (readonly [Weekday, string])[] = [
  ["mon", "Monday"],
  ["tue", "Tuesday"],
  ["wed", "Wednesday"],
  ["thu", "Thursday"],
  ["fri", "Friday"],
  ["sat", "Saturday"],
  ["sun", "Sunday"],
];
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+?[0-9][0-9 ()/.-]{1,38}$/;

export function hoursProblem({ days }: Hours): string | null {
  if (WEEKDAYS.every(([day]) => !days[day])) return "The clinic must open on one weekday at least.";
  for (const [day, name] of WEEKDAYS) {
    const span = days[day];
    if (span && !(span.opens && span.closes)) return `${name}: enter both times.`;
    if (span && span.closes <= span.opens) return `${name}: closing must come after opening.`;
  }
  return null;
}

export function hoursText({ days, holidays }: Hours): string {
  const week = WEEKDAYS.map(([day, name]) => {
    const span = days[day];
    return `${name} ${span ? `${span.opens}–${span.closes}` : "closed"}`;
  });
  const closed = holidays.map(({ date, name }) => `${date} ${name}`);
  return [week.join(", "), closed.length ? `Holidays: ${closed.join(", ")}` : "No holidays"].join("\n");
}

export function contactsProblem({ contacts }: Contacts): string | null {
  for (const [at, contact] of contacts.entries()) {
    const who = contact.name.trim() || `Contact ${at + 1}`;
    if (!contact.name.trim()) return `${who}: enter a name.`;
    if (!contact.email && !contact.phone) return `${who}: enter an e-mail address or a mobile phone.`;
    if (contact.email && !EMAIL.test(contact.email)) return `${who}: this is not an e-mail address.`;
    if (contact.phone && !PHONE.test(contact.phone)) return `${who}: enter a phone number, such as +49 170 1234567.`;
    if (!contact.levels.length) return `${who}: choose a level.`;
  }
  return null;
}

export function contactsText({ contacts }: Contacts): string {
  if (!contacts.length) return "Nobody";
  return contacts
    .map(({ name, email, phone, levels }, at) => {
      const reach = [email, phone].filter(Boolean).join(", ");
      return `${at + 1}. ${name}: ${reach} (${levels.map((level) => wordsFor(ALERT_LEVELS, level).toLowerCase()).join(", ")})`;
    })
    .join("\n");
}

export function channelsText({ order }: Channels): string {
  return order.length ? order.map((channel) => wordsFor(CHANNELS, channel)).join(", then ") : "None";
}

/** "sent 14:02", "not sent yet after 3 attempts: the mail server …; next at 14:05". */
export function messageText(message: StaffMessage, zone: string): string {
  const at = (instant: string) => clock(wallAt(instant, zone));
  if (message.status === "sent" && message.sent_at) return `sent ${at(message.sent_at)}`;
  const why = message.problem ? wordsFor(MESSAGE_PROBLEMS, message.problem) : "";
  if (message.status === "dropped") return `not sent: ${why}`;
  if (!message.attempts) return "on its way";
  const tries = message.attempts === 1 ? "1 attempt" : `${message.attempts} attempts`;
  return `not sent yet after ${tries}${why ? `: ${why}` : ""}; next at ${at(message.next_attempt_at)}`;
}
