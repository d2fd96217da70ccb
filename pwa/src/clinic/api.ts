/** Talks to /api/v1/clinic: one typed function per route, one kind of failure. */
import type { ChannelRow, CohortAnswer, TableName } from "./cohort/types";
import type { AlertLoad, AlertQueue, OneAlert, QueueState } from "./alerts/types";
import type { ImportForm, ImportReport } from "./imports/types";
import type { Passport } from "./passport/types";
import type { InboxConflict, InboxDecision, InboxItem, InboxRecord } from "./inbox/types";
import type { SignBody, SignOff } from "./sign/types";
import type { ComplicationForm, InjectionForm, RecoveryDay, ScoreForm, Sent } from "./recovery/types";
import type { DigestChoice, Part, StaffMessage } from "./settings/types";
import type {
  ClinicSettings,
  CorrectionBody,
  Enrolment,
  EnrolBody,
  EntryPage,
  EpisodeDetail,
  EpisodePage,
  ReadingPage,
  SafetyTexts,
  Session,
} from "./types";

const BASE = "/api/v1/clinic";
/** These read, though they are a POST. */
const READS = /^\/(episodes\/search|cohort(\/.*)?)$/;

export interface FieldProblem {
  pointer: string;
  code: string;
  message?: string;
}

/** Why a call did not work; `code` is stable, the sentence for it is in words.ts. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: FieldProblem[];
  readonly retryAfter: number | null;
  readonly requestId: string | null;

  constructor(
    code: string,
    status: number,
    detail = "",
    fields: FieldProblem[] = [],
    retryAfter: number | null = null,
    requestId: string | null = null,
  ) {
    super(detail || code);
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface ApiOptions {
  fetch?: typeof fetch;
  /** Called when the server no longer knows the session; not for a refused sign-in. */
  onSignedOut?: () => void;
  online?: () => boolean;
}

export class ClinicApi {
  readonly #fetch: typeof fetch;
  readonly #online: () => boolean;
  onSignedOut: () => void;

  constructor(options: ApiOptions = {}) {
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
    this.#online = options.online ?? (() => navigator.onLine);
    this.onSignedOut = options.onSignedOut ?? (() => undefined);
  }

  session(): Promise<Session> {
    return this.#call("GET", "/session", undefined, { quiet: true });
  }

  signIn(email: string, password: string): Promise<Session> {
    return this.#call("POST", "/session", { email, password }, { quiet: true });
  }

  async signOut(): Promise<void> {
    await this.#call("DELETE", "/session", undefined, { quiet: true });
  }

  settings(): Promise<ClinicSettings> {
    return this.#call("GET", "/settings");
  }

  safetyTexts(signal?: AbortSignal): Promise<SafetyTexts> {
    return this.#call("GET", "/safety-texts", undefined, { signal });
  }

  acceptTexts(read: { language: string; version: string; criteria: string; emergency_number: string }): Promise<SafetyTexts> {
    return this.#call("POST", "/safety-texts/acceptances", read);
  }

  acceptLeaflet(language: string, version: number): Promise<SafetyTexts> {
    return this.#call("POST", "/safety-texts/leaflet-acceptances", { language, version });
  }

  saveSettings(settings: ClinicSettings): Promise<ClinicSettings> {
    return this.#call("PUT", "/settings", settings);
  }

  /** Always a body: a name typed into the search must not stand in an address, which ends up in logs. */
  episodes(search: Record<string, unknown>, signal?: AbortSignal): Promise<EpisodePage> {
    return this.#call("POST", "/episodes/search", search, { signal });
  }

  async pulse(signal?: AbortSignal): Promise<string> {
    const { pulse } = await this.#call<{ pulse: string }>("GET", "/episodes/pulse", undefined, { signal });
    return pulse;
  }

  filterChoices(signal?: AbortSignal): Promise<Record<string, string[]>> {
    return this.#call("GET", "/episodes/choices", undefined, { signal });
  }

  episode(id: string, signal?: AbortSignal): Promise<EpisodeDetail> {
    return this.#call("GET", `/episodes/${id}`, undefined, { signal });
  }

  /** With a criteria set, what the diary would read as under it; nothing of that is stored. */
  reading(id: string, criteria: string | null, signal?: AbortSignal): Promise<ReadingPage> {
    const query = criteria ? `?${new URLSearchParams({ criteria })}` : "";
    return this.#call("GET", `/episodes/${id}/reading${query}`, undefined, { signal });
  }

  async reportText(id: string): Promise<string> {
    const { text } = await this.#call<{ text: string }>("GET", `/episodes/${id}/report-text`);
    return text;
  }

  entries(id: string, signal?: AbortSignal): Promise<EntryPage> {
    return this.#call("GET", `/episodes/${id}/entries`, undefined, { signal });
  }

  inbox(signal?: AbortSignal): Promise<{ items: InboxItem[]; open: number }> {
    return this.#call("GET", "/inbox", undefined, { signal });
  }

  async inboxCount(signal?: AbortSignal): Promise<number> {
    const { open } = await this.#call<{ open: number }>("GET", "/inbox/count", undefined, { signal });
    return open;
  }

  inboxRecord(id: string, signal?: AbortSignal): Promise<InboxRecord> {
    return this.#call("GET", `/inbox/records/${id}`, undefined, { signal });
  }

  inboxConflict(id: string, signal?: AbortSignal): Promise<InboxConflict> {
    return this.#call("GET", `/inbox/conflicts/${id}`, undefined, { signal });
  }

  async decideRecord(id: string, decision: InboxDecision): Promise<void> {
    await this.#call("POST", `/inbox/records/${id}`, decision);
  }

  async decideConflict(id: string, decision: InboxDecision): Promise<void> {
    await this.#call("POST", `/inbox/conflicts/${id}`, decision);
  }

  signOff(id: string, signal?: AbortSignal): Promise<SignOff> {
    return this.#call("GET", `/episodes/${id}/sign-off`, undefined, { signal });
  }

  sign(id: string, body: SignBody): Promise<SignOff> {
    return this.#call("POST", `/episodes/${id}/sign-off`, body);
  }

  enrol(body: EnrolBody): Promise<{ episode_id: string; patient_id: string }> {
    return this.#call("POST", "/episodes", body);
  }

  correct(id: string, body: CorrectionBody): Promise<EpisodeDetail> {
    return this.#call("PUT", `/episodes/${id}`, body);
  }

  issueEnrolment(id: string, kind: "qr" | "link"): Promise<Enrolment> {
    return this.#call("POST", `/episodes/${id}/enrolment`, { kind });
  }

  alerts(query: { state: QueueState; limit: number; offset: number }, signal?: AbortSignal): Promise<AlertQueue> {
    const { state, limit, offset } = query;
    const params = new URLSearchParams({ state, limit: String(limit), offset: String(offset) });
    return this.#call("GET", `/alerts?${params}`, undefined, { signal });
  }

  alert(alertId: string, signal?: AbortSignal): Promise<OneAlert> {
    return this.#call("GET", `/alerts/${alertId}`, undefined, { signal });
  }

  alertLoad(signal?: AbortSignal): Promise<AlertLoad> {
    return this.#call("GET", "/alerts/load", undefined, { signal });
  }

  acknowledge(alertId: string): Promise<OneAlert> {
    return this.#call("POST", `/alerts/${alertId}/acknowledge`, {});
  }

  handOver(alertId: string, ownerId: string): Promise<OneAlert> {
    return this.#call("PUT", `/alerts/${alertId}/owner`, { owner_id: ownerId });
  }

  noteAttempt(alertId: string, note: string | null): Promise<OneAlert> {
    return this.#call("POST", `/alerts/${alertId}/attempts`, { note });
  }

  closeAlert(alertId: string, outcome: string, note: string | null): Promise<OneAlert> {
    return this.#call("PUT", `/alerts/${alertId}/outcome`, { outcome, note });
  }

  async settingsParts(signal?: AbortSignal): Promise<Part<unknown>[]> {
    const answer = await this.#call<{ parts: Part<unknown>[] }>("GET", "/settings/parts", undefined, { signal });
    return answer.parts;
  }

  async partVersions(part: string, signal?: AbortSignal): Promise<Part<unknown>[]> {
    const path = `/settings/parts/${part}/versions`;
    const answer = await this.#call<{ versions: Part<unknown>[] }>("GET", path, undefined, { signal });
    return answer.versions;
  }

  savePart<T>(path: string, version: number, value: T): Promise<Part<T>> {
    return this.#call("PUT", path, { version, value });
  }

  testContact(contactId: string): Promise<unknown> {
    return this.#call("POST", `/settings/contacts/${contactId}/test`, {});
  }

  async staffMessages(signal?: AbortSignal): Promise<StaffMessage[]> {
    const answer = await this.#call<{ messages: StaffMessage[] }>("GET", "/settings/messages", undefined, { signal });
    return answer.messages;
  }

  digest(signal?: AbortSignal): Promise<DigestChoice> {
    return this.#call("GET", "/digest", undefined, { signal });
  }

  chooseDigest(at: string | null): Promise<DigestChoice> {
    return this.#call("PUT", "/digest", { at });
  }

  cohort(query: Record<string, unknown>, signal?: AbortSignal): Promise<CohortAnswer> {
    return this.#call("POST", "/cohort", query, { signal });
  }

  async cohortChannels(query: Record<string, unknown>, signal?: AbortSignal): Promise<ChannelRow[]> {
    const answer = await this.#call<{ channels: ChannelRow[] }>("POST", "/cohort/channels", query, { signal });
    return answer.channels;
  }

  cohortFigure(query: Record<string, unknown>, theme: "light" | "dark", signal?: AbortSignal): Promise<Blob> {
    return this.#file("POST", "/cohort/survival.svg", { ...query, theme }, signal);
  }

  cohortTable(query: Record<string, unknown>, table: TableName): Promise<Blob> {
    return this.#file("POST", "/cohort/table.csv", { ...query, table });
  }

  importFile(file: ImportForm): Promise<ImportReport> {
    return this.#call("POST", "/imports", file);
  }

  passport(patientId: string, signal?: AbortSignal): Promise<Passport> {
    return this.#call("GET", `/patients/${patientId}/passport`, undefined, { signal });
  }

  async passportText(patientId: string): Promise<string> {
    const { text } = await this.#call<{ text: string }>("GET", `/patients/${patientId}/passport-text`);
    return text;
  }

  recoveryDay(signal?: AbortSignal): Promise<RecoveryDay> {
    return this.#call("GET", "/recovery", undefined, { signal });
  }

  recordScore(episodeId: string, tap: ScoreForm & Sent): Promise<unknown> {
    return this.#call("POST", `/recovery/${episodeId}/scores`, tap);
  }

  confirmInjection(episodeId: string, tap: InjectionForm & Sent): Promise<unknown> {
    return this.#call("POST", `/recovery/${episodeId}/injection`, tap);
  }

  noteComplication(episodeId: string, tap: ComplicationForm & Sent): Promise<unknown> {
    return this.#call("POST", `/recovery/${episodeId}/complications`, tap);
  }

  /** A route whose typed function stands with its screens. */
  ask<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    return this.#call(method, path, body, { signal, quiet: path === "/session/password" });
  }

  file(method: Method, path: string, body?: unknown): Promise<Blob> {
    return this.#file(method, path, body);
  }

  async revokeDevice(deviceId: string, reason: "lost" | "replaced"): Promise<void> {
    await this.#call("DELETE", `/devices/${deviceId}`, { reason });
  }

  async #call<T>(
    method: Method,
    path: string,
    body?: unknown,
    { quiet = false, signal }: { quiet?: boolean; signal?: AbortSignal | undefined } = {},
  ): Promise<T> {
    return (await readJson(await this.#answer(method, path, body, quiet, signal))) as T;
  }

  async #file(method: Method, path: string, body: unknown, signal?: AbortSignal): Promise<Blob> {
    return (await this.#answer(method, path, body, false, signal)).blob();
  }

  async #answer(method: Method, path: string, body: unknown, quiet: boolean, signal: AbortSignal | undefined): Promise<Response> {
    const response = await this.#send(method, path, body, signal);
    if (response.ok) return response;
    const problem = await problemOf(response);
    if (response.status === 401 && !quiet) this.onSignedOut();
    throw problem;
  }

  async #send(
    method: Method,
    path: string,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    const writes = method !== "GET" && !READS.test(path);
    if (writes && !this.#online()) throw new ApiError("offline", 0);
    try {
      return await this.#fetch(BASE + path, requestInit(method, body, signal));
    } catch (cause) {
      if (signal?.aborted) throw cause;
      // A write whose answer never came may have been carried out: say so, never claim the opposite.
      throw new ApiError(writes && this.#online() ? "no-answer" : "offline", 0);
    }
  }
}

function requestInit(method: Method, body: unknown, signal: AbortSignal | undefined): RequestInit {
  const init: RequestInit = {
    method,
    credentials: "same-origin",
    cache: "no-store",
    headers: { Accept: "application/json" },
  };
  if (signal) init.signal = signal;
  if (method !== "GET") {
    init.headers = {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-Afterblock": "1",
    };
    init.body = JSON.stringify(body ?? {});
  }
  return init;
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch {
    throw new ApiError("unreadable-answer", response.status);
  }
}

/** Reads application/problem+json; anything else becomes a code made from the status. */
export async function problemOf(response: Response): Promise<ApiError> {
  let problem: Record<string, unknown> = {};
  try {
    const parsed: unknown = await response.json();
    if (parsed && typeof parsed === "object") problem = parsed as Record<string, unknown>;
  } catch {
    // A proxy's HTML page or an empty body: the status alone has to do.
  }
  const code = typeof problem["code"] === "string" ? problem["code"] : `http-${response.status}`;
  const detail = typeof problem["detail"] === "string" ? problem["detail"] : "";
  const requestId = typeof problem["request_id"] === "string" ? problem["request_id"] : null;
  return new ApiError(
    code,
    response.status,
    detail,
    fieldProblems(problem["errors"]),
    waitSeconds(problem["retry_after"] ?? response.headers.get("Retry-After")),
    requestId,
  );
}

function fieldProblems(errors: unknown): FieldProblem[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((item: unknown) => {
    if (!item || typeof item !== "object") return [];
    const { pointer, code, message } = item as Record<string, unknown>;
    if (typeof pointer !== "string") return [];
    const problem: FieldProblem = { pointer, code: typeof code === "string" ? code : "invalid" };
    if (typeof message === "string") problem.message = message;
    return [problem];
  });
}

function waitSeconds(value: unknown): number | null {
  const seconds = Number(value);
  return value !== null && value !== undefined && Number.isFinite(seconds) && seconds > 0
    ? Math.ceil(seconds)
    : null;
}
