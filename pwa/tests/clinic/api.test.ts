/** The API client: headers, problems, an ended session, a broken connection. */
import { describe, expect, test, vi } from "vitest";
import { ApiError, ClinicApi, problemOf } from "../../src/clinic/api";

type Call = { url: string; init: RequestInit };

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const calls: Call[] = [];
  const send = async (url: string | URL | Request, init?: RequestInit) => {
    calls.push({ url: String(url), init: init ?? {} });
    const text = status === 204 ? null : typeof body === "string" ? body : JSON.stringify(body);
    return new Response(text, { status, headers });
  };
  return { calls, send: send as typeof fetch };
}

function apiWith(send: typeof fetch, online = true) {
  const onSignedOut = vi.fn();
  return { api: new ClinicApi({ fetch: send, onSignedOut, online: () => online }), onSignedOut };
}

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const error = await promise.then(() => null, (cause: unknown) => cause);
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
}

describe("what is sent", () => {
  test("every change carries the header and the content type that no foreign form can send", async () => {
    const { calls, send } = answering(201, { episode_id: "e", patient_id: "p" });
    const { api } = apiWith(send);
    await api.issueEnrolment("e1", "qr");
    await api.acknowledge("a1");
    await api.saveSettings({ name: "n", phone: "1", emergency_number: "112", zone: "UTC" });
    expect(calls.map((call) => [call.init.method, call.url])).toEqual([
      ["POST", "/api/v1/clinic/episodes/e1/enrolment"],
      ["POST", "/api/v1/clinic/alerts/a1/acknowledge"],
      ["PUT", "/api/v1/clinic/settings"],
    ]);
    for (const call of calls)
      expect(call.init.headers).toMatchObject({ "X-Afterblock": "1", "Content-Type": "application/json" });
  });

  test("a read carries no body and is never answered from a cache", async () => {
    const { calls, send } = answering(200, { pulse: "7.0.0" });
    expect(await apiWith(send).api.pulse()).toBe("7.0.0");
    expect(calls[0]?.url).toBe("/api/v1/clinic/episodes/pulse");
    expect(calls[0]?.init).toMatchObject({ cache: "no-store", credentials: "same-origin" });
    expect(calls[0]?.init.body).toBeUndefined();
  });

  test("a search travels in the body, so that no name stands in an address", async () => {
    const { calls, send } = answering(200, { episodes: [], total: 0 });
    await apiWith(send).api.episodes({ search: "o'Brien & co", limit: 100, offset: 0 });
    expect(calls[0]?.url).toBe("/api/v1/clinic/episodes/search");
    expect(calls[0]?.init.body).toBe('{"search":"o\'Brien & co","limit":100,"offset":0}');
  });

  test("taking a phone off says why and expects no content", async () => {
    const { calls, send } = answering(204, null);
    await apiWith(send).api.revokeDevice("d1", "lost");
    expect(calls[0]?.init.body).toBe('{"reason":"lost"}');
  });
});

describe("what comes back wrong", () => {
  test("a problem keeps its code, fields and waiting time", async () => {
    const problem = {
      code: "invalid-request",
      detail: "Some fields need another look.",
      request_id: "r-1",
      errors: [{ pointer: "/episode/procedure/level", code: "missing", message: "Missing" }, "junk"],
    };
    const { send } = answering(422, problem, { "Retry-After": "30" });
    const error = await failureOf(apiWith(send).api.settings());
    expect(error).toMatchObject({ code: "invalid-request", status: 422, retryAfter: 30, requestId: "r-1" });
    expect(error.fields).toEqual([{ pointer: "/episode/procedure/level", code: "missing", message: "Missing" }]);
  });

  test("a proxy's page becomes a code made from the status", async () => {
    const error = await problemOf(new Response("<html>Bad gateway</html>", { status: 502 }));
    expect(error.code).toBe("http-502");
  });

  test("an answer that is not JSON is an error, not an empty page", async () => {
    const { send } = answering(200, "<html>");
    expect((await failureOf(apiWith(send).api.settings())).code).toBe("unreadable-answer");
  });

  test("an ended session is told once to the app, a refused sign-in is not", async () => {
    const { send } = answering(401, { code: "session-ended" });
    const ended = apiWith(send);
    await failureOf(ended.api.episode("e1"));
    expect(ended.onSignedOut).toHaveBeenCalledOnce();

    const refused = apiWith(answering(401, { code: "sign-in-failed" }).send);
    expect((await failureOf(refused.api.signIn("a@b", "x"))).code).toBe("sign-in-failed");
    expect(refused.onSignedOut).not.toHaveBeenCalled();
  });
});

describe("without a connection", () => {
  const broken = (async () => {
    throw new TypeError("Failed to fetch");
  }) as typeof fetch;

  test("a change is not even tried while the browser is offline", async () => {
    const { calls, send } = answering(200, {});
    expect((await failureOf(apiWith(send, false).api.acknowledge("a1"))).code).toBe("offline");
    expect(calls).toEqual([]);
  });

  test("a read that fails changed nothing and says so", async () => {
    expect((await failureOf(apiWith(broken).api.settings())).code).toBe("offline");
  });

  test("a change whose answer never came is not called unchanged", async () => {
    expect((await failureOf(apiWith(broken).api.acknowledge("a1"))).code).toBe("no-answer");
  });

  test("a read that was given up is no failure to show", async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(apiWith(broken).api.episode("e1", abort.signal)).rejects.toBeInstanceOf(TypeError);
  });
});
