/** The JSON shapes of the clinic's settings. */

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

export interface Day {
  opens: string;
  closes: string;
}

export interface Hours {
  days: Record<Weekday, Day | null>;
  holidays: { date: string; name: string }[];
}

export interface Contact {
  contact_id: string;
  name: string;
  email: string | null;
  phone: string | null;
  levels: ("E" | "S")[];
}

export interface Contacts {
  contacts: Contact[];
}

export interface Channels {
  order: string[];
}

export interface Leaflet {
  text: string;
}

/** One version of one part; version 0 is the product's own default. */
export interface Part<T> {
  part: string;
  version: number;
  value: T;
  at: string | null;
  by: string | null;
}

export interface StaffMessage {
  message_id: string;
  kind: "escalation" | "digest" | "test";
  recipient: string;
  channel: string;
  status: "waiting" | "sent" | "dropped";
  attempts: number;
  problem: string | null;
  created_at: string;
  next_attempt_at: string;
  sent_at: string | null;
}

export interface DigestChoice {
  at: string | null;
  next_at?: string | null;
  email?: string;
}
