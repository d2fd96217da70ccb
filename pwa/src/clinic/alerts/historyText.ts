/** The history of an alert in sentences. */
import { dateTime } from "../time";
import { ALERT_LEVELS, ALERT_OUTCOMES, MESSAGE_CHANNELS, wordsFor } from "../words";
import type { AlertEvent } from "./types";

const BY_CLINICIAN = "clinician";

/** "Closed by Dr Weber: advice given" */
export function eventText(event: AlertEvent): string {
  const who = event.name ?? (event.by === BY_CLINICIAN ? "somebody" : "");
  const { detail } = event;
  const level = text(detail["level"]) && levelWord(text(detail["level"]));
  const to = text(detail["recipient"]) || "a contact";
  const channel = wordsFor(MESSAGE_CHANNELS, text(detail["channel"]));
  switch (event.kind) {
    case "raised":
      return `Reported by the patient: ${level}`;
    case "repeated":
      return `Reported again: ${level}`;
    case "gone":
      return "The patient says it has gone";
    case "shown":
      return "The phone showed what to do";
    case "called":
      return detail["whom"] === "emergency" ? "The patient called the emergency number" : "The patient called the clinic";
    case "acknowledged":
      return `Acknowledged by ${who}`;
    case "handed_over":
      return `Handed to ${text(detail["owner"])} by ${who}`;
    case "attempted":
      return `Not reached, tried by ${who}`;
    case "closed":
      return `Closed by ${who}: ${outcomeWord(detail)}`;
    case "corrected":
      return `Outcome corrected by ${who}: ${outcomeWord(detail)}`;
    case "unanswered":
      return `Recheck not answered: now ${level}`;
    case "retriaged":
      return retriaged(detail);
    case "escalated":
      return `Nobody acknowledged: ${to} is told by ${channel}`;
    case "told":
      return `${to} was told by ${channel}`;
    case "delayed":
      return `${channel} to ${to} did not go out yet; it is tried again`;
    case "unreachable":
      return `${channel} to ${to} was refused`;
    case "nobody_to_tell":
      return "Nobody acknowledged, and the clinic has named nobody to tell";
    default:
      return event.kind.replaceAll("_", " ");
  }
}

function retriaged(detail: Record<string, unknown>): string {
  const [was, level, wouldBe] = [detail["was"], detail["level"], detail["would_be"]].map((one) => levelWord(text(one)));
  return wouldBe
    ? `By the corrected T0 this is ${wouldBe}; it stays ${was} until somebody acknowledges it`
    : `The time of the injection was corrected: now ${level}, before ${was}`;
}

/** What a clinician wrote about it. */
export function noteOf(event: AlertEvent): string {
  return text(event.detail["note"]);
}

/** The phone's own time of what happened on it, where it differs from the time the server learnt of it. */
export function eventTime(event: AlertEvent, zone: string): string {
  const own = text(event.detail["at"]);
  return dateTime(own || event.at, zone);
}

function levelWord(level: string): string {
  return wordsFor(ALERT_LEVELS, level).toLowerCase();
}

function outcomeWord(detail: Record<string, unknown>): string {
  return wordsFor(ALERT_OUTCOMES, text(detail["outcome"])).toLowerCase();
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
