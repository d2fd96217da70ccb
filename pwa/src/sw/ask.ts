/** What the worker itself says to the server about reminders. */

const REMINDERS = "/api/v1/patient/reminders";
const HEADERS = { "Content-Type": "application/json", "X-Afterblock": "1" };

/** Posts `body`; without one, only asks. */
export function ask(path: string, body?: object): Promise<Response> {
  return fetch(REMINDERS + path, body ? { method: "POST", headers: HEADERS, body: JSON.stringify(body) } : { headers: HEADERS });
}
