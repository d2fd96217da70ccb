/** What the phone asks and tells the server about reminders. */
import { language } from "../i18n/index.ts";
import type { Subscription } from "./subscription.ts";
import { HEADERS } from "./wire.ts";

const REMINDERS = "/api/v1/patient/reminders";
const TIMEOUT_MS = 20_000;

export type Channel = "push" | "email" | "sms";

/** Times in minutes after midnight. */
export interface Choices {
  language: string;
  evening: number;
  quiet_from: number;
  quiet_until: number;
  channels: Channel[];
  email: string | null;
  phone_number: string | null;
}

export interface Known extends Choices {
  zone: string | null;
  /** Channels whose address takes nothing. */
  refused: Channel[];
  /** Channels the clinic's server has. */
  offered: Channel[];
  push_key: string | null;
  push: "none" | "on" | "dead";
  calendar: string | null;
}

export interface ReminderState {
  id: string;
  state: string;
  shown_at: string | null;
  deliveries: { channel: Channel; state: string; sent_at: string | null }[];
}

/** `field`: which field the server could not take, null for any other refusal; `code` null without an answer. */
export class Refused extends Error {
  readonly code: string | null;
  readonly field: string | null;

  constructor(code: string | null, field: string | null) {
    super(code ?? "unreachable");
    this.code = code;
    this.field = field;
  }
}

export const choices = () => ask<Known>("GET", "");
export const choose = (form: Choices & { zone: string }) => ask<Known>("PUT", "", form);
export const tellPresence = (subscription: Subscription | null) =>
  ask<Known>("POST", "/presence", { zone: ownZone(), language, subscription });
export const newCalendar = () => ask<Known>("POST", "/calendar", {});
export const sendTest = () => ask<ReminderState>("POST", "/test", {});
export const stateOf = (id: string) => ask<ReminderState>("GET", `/${encodeURIComponent(id)}`);
export const snooze = (episodeId: string, slot: string, minutes: number) =>
  ask<{ at: string }>("POST", "/snooze", { episode_id: episodeId, slot, minutes });

/** The zone of this phone's wall clock. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(REMINDERS + path, {
      method,
      headers: HEADERS,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    answer = await response.json();
  } catch {
    throw new Refused(null, null);
  }
  if (response.ok && typeof answer === "object" && answer !== null) return answer as Answer;
  const problem = answer as { code?: unknown; errors?: { pointer?: string }[] } | null;
  const pointer = problem?.errors?.[0]?.pointer;
  throw new Refused(typeof problem?.code === "string" ? problem.code : null, pointer?.slice(1) ?? null);
}
