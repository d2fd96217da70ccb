/** The exchange with the server as it is on the wire: what the phone asks, and what it accepts as an answer. */
import type { Answer, Change, Reply } from "../store/exchange.ts";
import type { Pause, Snapshot } from "../store/store.ts";
import { SHOWN_KINDS } from "../diary/kinds.ts";
import type { Diary, Level, Operation, Revision } from "../diary/record.ts";

export const SYNC = "/api/v1/patient/sync";
export const HEADERS: Readonly<Record<string, string>> = { "Content-Type": "application/json", "X-Afterblock": "1" };

/** However long a busy server asks for: a report of a symptom may be waiting. */
const LONGEST_WAIT_MS = 5 * 60_000;

export type Outcome =
  | { kind: "reply"; reply: Reply; more: boolean; backoffMs: number | null }
  /** The server could not read the batch as a whole. */
  | { kind: "unreadable"; code: string }
  | { kind: "paused"; why: Pause }
  | { kind: "wiped" }
  /** No answer that is certainly the server's, or it asks for time. `waitMs`: what it asked for. */
  | { kind: "later"; why: "offline" | "not-ours" | "busy"; waitMs: number | null };

interface Problem {
  code: string;
  action?: string;
  device_id?: string;
}

export function requestBody(snapshot: Snapshot, operations: readonly Revision[], now: string): string {
  return JSON.stringify({
    protocol: 1,
    epoch: snapshot.meta.epoch ?? null,
    batch_id: crypto.randomUUID(),
    // An earlier version of the app was not sent what it could not show: all of it is asked for again.
    cursor: snapshot.meta.kinds === SHOWN_KINDS.join() ? (snapshot.meta.cursor ?? null) : null,
    kinds: SHOWN_KINDS,
    client_time: now,
    ops: operations.map(asOperation),
  });
}

/** The part of a stored revision that travels. */
export function asOperation(revision: Operation): Operation {
  const { rev_id, entry_id, episode_id, parent_rev, op, kind, schema, recorded, body } = revision;
  return { rev_id, entry_id, episode_id, parent_rev, op, kind, schema, recorded, body } as Operation;
}

/** Judges a response. `sentAt` and `gotAt` are phone times in ms, `deviceId` this phone's. */
export async function judge(response: Response, sentAt: number, gotAt: number, deviceId: string): Promise<Outcome> {
  if (response.status === 200) return judgeReply(await json(response, "application/json"), sentAt, gotAt);
  const problem = asProblem(await json(response, "application/problem+json"));
  // A page of something in between has no say in how long the clinic is not asked.
  if (!problem) return { kind: "later", why: "not-ours", waitMs: null };
  switch (response.status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return { kind: "unreadable", code: problem.code };
    case 401:
      return { kind: "paused", why: "session-ended" };
    case 403:
      return judgeRevoked(problem, deviceId);
    case 426:
      return { kind: "paused", why: "client-too-old" };
    default:
      return { kind: "later", why: "busy", waitMs: retryAfter(response, gotAt) };
  }
}

function judgeRevoked(problem: Problem, deviceId: string): Outcome {
  if (problem.code !== "device-revoked") return { kind: "later", why: "busy", waitMs: null };
  // Deleting a diary needs more than a status code: the answer has to name this very phone.
  const meansUs = problem.device_id === deviceId;
  return meansUs && problem.action === "wipe" ? { kind: "wiped" } : { kind: "paused", why: "device-revoked" };
}

function judgeReply(body: unknown, sentAt: number, gotAt: number): Outcome {
  if (!isRecord(body) || typeof body["epoch"] !== "string" || !Array.isArray(body["results"])) {
    return { kind: "later", why: "not-ours", waitMs: null };
  }
  const serverTime = Date.parse(String(body["server_time"]));
  const backoff = body["backoff_s"];
  return {
    kind: "reply",
    more: body["more"] === true,
    backoffMs: typeof backoff === "number" && backoff > 0 ? Math.min(backoff * 1000, LONGEST_WAIT_MS) : null,
    reply: {
      epoch: body["epoch"],
      diary: isDiary(body["diary"]) ? body["diary"] : null,
      answers: body["results"].map(asAnswer).filter((answer) => answer !== null),
      changes: Array.isArray(body["changes"]) ? body["changes"].filter(isChange) : [],
      cursor: typeof body["cursor"] === "number" ? body["cursor"] : null,
      skewMs: Number.isNaN(serverTime) ? null : (sentAt + gotAt) / 2 - serverTime,
      at: gotAt,
    },
  };
}

/** Null for a status this version does not know: the revision then stays in the queue. */
function asAnswer(result: unknown): Answer | null {
  if (!isRecord(result) || typeof result["rev_id"] !== "string") return null;
  const rev_id = result["rev_id"];
  const alert = result["alert"];
  const seq = typeof result["seq"] === "number" ? { seq: result["seq"] } : {};
  const told = isRecord(alert) && typeof alert["told_at"] === "string" ? { level: alert["level"] as Level, told_at: alert["told_at"] } : null;
  switch (result["status"]) {
    case "stored":
    case "duplicate":
    case "stored_conflict":
    case "stored_after_delete":
      return { rev_id, status: "received", told, ...seq };
    case "quarantined":
      return { rev_id, status: "checking", told, ...seq };
    case "rejected":
      return { rev_id, status: "refused", problem: asProblem(result["problem"])?.code ?? "rejected" };
    case "erased":
      return { rev_id, status: "erased" };
    default:
      return null;
  }
}

async function json(response: Response, type: string): Promise<unknown> {
  const given = response.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (given !== type || response.redirected) return null;
  return response.json().catch(() => null);
}

export function asProblem(body: unknown): Problem | null {
  return isRecord(body) && typeof body["code"] === "string" ? (body as unknown as Problem) : null;
}

export function isDiary(body: unknown): body is Diary {
  return isRecord(body) && typeof body["device_id"] === "string" && Array.isArray(body["episodes"]) && isRecord(body["clinic"]);
}

function isChange(body: unknown): body is Change {
  return isRecord(body) && typeof body["rev_id"] === "string" && typeof body["entry_id"] === "string" && isRecord(body["recorded"]);
}

/** Milliseconds asked for by Retry-After, in seconds or as a date, at most 5 min; null without one. */
function retryAfter(response: Response, now: number): number | null {
  const given = response.headers.get("Retry-After");
  if (given === null) return null;
  const seconds = Number(given);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(given) - now;
  return wait >= 0 ? Math.min(wait, LONGEST_WAIT_MS) : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
