/** Joining a diary with a link and a code, and leaving it. */
import type { Diary } from "../diary/record.ts";
import { beginDiary, deviceKey } from "../store/exchange.ts";
import { digestOf } from "../store/digest.ts";
import type { DiaryStore } from "../store/store.ts";
import { asProblem, HEADERS, isDiary } from "./wire.ts";

const ENROLMENT = "/api/v1/patient/enrolment";
const DEVICE = "/api/v1/patient/device";
const DIARY = "/api/v1/patient/diary";
const TIMEOUT_MS = 20_000;

/** What the clinic is told of a phone that wants in; `texts_version`: of the safety texts it shows. */
export interface Joining {
  device_name: string;
  language: string;
  texts_version: string | null;
}

export type Enrolled =
  | { kind: "enrolled" }
  | { kind: "refused"; code: string; attemptsLeft: number | null }
  | { kind: "unreachable" };

/** Redeems link and code. After a lost reply the same call claims it again, because the device key stays the same. */
export async function enrol(store: DiaryStore, send: typeof fetch, token: string, code: string, phone: Joining): Promise<Enrolled> {
  const body = JSON.stringify({ token, code, device_key: await store.change(deviceKey), ...phone });
  let response: Response;
  let answer: unknown;
  try {
    response = await send(ENROLMENT, options("POST", body));
    answer = await response.json();
  } catch {
    return { kind: "unreachable" };
  }
  if (response.status === 201) {
    const diary = (answer as { diary?: unknown } | null)?.diary;
    if (!isDiary(diary)) return { kind: "unreachable" };
    const redeemed = await digestOf(token);
    await store.change((tx) => beginDiary(tx, diary, redeemed));
    return { kind: "enrolled" };
  }
  const problem = asProblem(answer);
  if (!problem) return { kind: "unreachable" };
  const left = (answer as { attempts_left?: unknown }).attempts_left;
  return { kind: "refused", code: problem.code, attemptsLeft: typeof left === "number" ? left : null };
}

/** The diary the server has for this phone: after the browser has emptied the store, its cookie may still be there. */
export async function fetchDiary(send: typeof fetch): Promise<Diary | "unknown" | "unreachable"> {
  try {
    const response = await send(DIARY, options("GET"));
    const answer: unknown = await response.json();
    if (response.status === 200 && isDiary(answer)) return answer;
    return [401, 403].includes(response.status) && asProblem(answer) ? "unknown" : "unreachable";
  } catch {
    return "unreachable";
  }
}

/** Tells the server that this phone leaves. False when it could not be told; the phone may be wiped all the same. */
export async function signOff(send: typeof fetch): Promise<boolean> {
  try {
    const response = await send(DEVICE, options("DELETE"));
    if (response.status === 204) return true;
    // The server knows this phone no more, so there is nothing left to sign off.
    return [401, 403].includes(response.status) && asProblem(await response.json()) !== null;
  } catch {
    return false;
  }
}

function options(method: string, body?: string): RequestInit {
  return {
    method,
    headers: HEADERS,
    credentials: "same-origin",
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body }),
  };
}

/** A coarse name staff can tell phones apart by; nothing that identifies. */
export function deviceName(agent: string): string {
  if (/iPhone/.test(agent)) return "iPhone";
  if (/iPad/.test(agent)) return "iPad";
  if (/Android/.test(agent)) return /Mobile/.test(agent) ? "Android phone" : "Android tablet";
  if (/Mac OS X/.test(agent)) return "Mac computer";
  if (/Windows/.test(agent)) return "Windows computer";
  return "Browser";
}
