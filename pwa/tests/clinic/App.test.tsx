// @vitest-environment happy-dom
/** The running app against a scripted server: what must survive an ended session, and what must never be seen together. */
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { App } from "../../src/clinic/App";
import { ClinicApi } from "../../src/clinic/api";
import { forgetEverything } from "../../src/clinic/memory";
import { paths } from "../../src/clinic/route";
import type { Alert, EpisodeDetail, EpisodeRow, Role } from "../../src/clinic/types";

const ID = "0b9f2c3e-5a14-4c0e-9c55-7f2f1c0f9d10";
const LATER = "1c9f2c3e-5a14-4c0e-9c55-7f2f1c0f9d11";
const CODE = "482913";
const QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/><script>1</script></svg>';

let signedIn: { id: string; role: Role } | null;
let sent: string[];
let host: HTMLElement;
let invitations: number;
/** What the episode's detail says beside the row, and what a PUT is answered. */
let episode: Partial<EpisodeDetail>;
let row: Partial<EpisodeRow>;
let bodies: unknown[];
let refuse: (() => [number, unknown]) | null;

function session() {
  return {
    clinician: { clinician_id: signedIn?.id, name: "Dr Halvorsen", email: "a@b", role: signedIn?.role },
    clinic: { name: "Nord", phone: "1", emergency_number: "112", zone: "Europe/Berlin" },
  };
}

const ROW: EpisodeRow = {
  episode_id: ID,
  patient: { patient_id: "p", name: "Marta Lindqvist", record_number: "SCN-1", born_on: null },
  status: "planned",
  group: "planned",
  sign_state: "unsigned",
  follow_up_at: null,
  performed_at: null,
  zone: "Europe/Berlin",
  region: "lumbar",
  level: "L5",
  side: "left",
  index_pain: { site: "leg", side: "left" },
  verdict: null,
  flare: null,
  steroid: null,
  shape: null,
  confidence: null,
  headline: null,
  onset_day: null,
  last_entry_at: null,
  entries: 0,
  open_alerts: 0,
  highest_alert: null,
  device: "none",
  quarantined: 0,
};

const RECORD = {
  procedure: { region: "lumbar", level: "L5", side: "left", anaesthetic: [{ drug: "lidocaine" }], steroid: null },
  baseline: { pain: 7 },
} satisfies Partial<EpisodeDetail>;

const DONE: Partial<EpisodeDetail> = {
  ...RECORD,
  status: "performed",
  performed_at: "2026-02-09T14:02:00+01:00",
  procedure: { ...RECORD.procedure, performed_at: "2026-02-09T14:02:00+01:00" },
  entries: 12,
  revision: 2,
};

function detail(): Partial<EpisodeDetail> {
  const parts = { procedure: { region: "lumbar", level: "L5", side: "left" }, baseline: { pain: null } } as const;
  const lists = { events: [], devices: [], alerts: [], revisions: [], other_episodes: [] };
  const record = { operator: null, approach: null, planned_on: null, protocol: "snrb-default/1", options: {} };
  return { ...ROW, ...parts, ...lists, ...record, invitation: null, revision: 1, ...episode };
}

function answer(method: string, path: string): [number, unknown] {
  if (path === "/session" && method === "POST") {
    signedIn ??= { id: "c1", role: "physician" };
    return [200, session()];
  }
  if (!signedIn) return [401, { code: "session-ended" }];
  if (path === "/session") return [200, session()];
  if (path === "/inbox/count") return [200, { open: 0 }];
  if (path === "/episodes/search")
    return [200, { episodes: [{ ...ROW, ...row }], total: 1, counts: { planned: 1 }, pulse: "1" }];
  if (path.endsWith("/enrolment"))
    return [201, { link: `https://x/enrol#t${++invitations}`, qr_svg: QR, code: CODE, expires_at: "2099-01-01T00:00:00Z", enrolment_id: "i" }];
  if (path.endsWith("/entries")) return [200, { entries: [], quarantine: [] }];
  if (path.endsWith("/reading")) return [409, { code: "not-readable-yet", detail: "Nothing yet." }];
  if (method === "PUT" && refuse) return refuse();
  if (path === `/episodes/${LATER}`) return [200, { ...detail(), episode_id: LATER, performed_at: "2026-02-20T08:30:00Z" }];
  return [200, detail()];
}

const send = (async (url: string, init?: RequestInit) => {
  const method = init?.method ?? "GET";
  const path = url.replace("/api/v1/clinic", "");
  sent.push(`${method} ${path}`);
  if (init?.body) bodies.push(JSON.parse(String(init.body)));
  const [status, body] = answer(method, path);
  return new Response(JSON.stringify(body), { status });
}) as typeof fetch;

async function open(path: string): Promise<void> {
  history.replaceState(null, "", path);
  render(<App api={new ClinicApi({ fetch: send, online: () => true })} />, host);
}

/** The app answers in its own time: look until it has, however busy the machine is. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 });
const byText = (tag: string, text: string) =>
  Array.from(document.querySelectorAll<HTMLElement>(tag)).find(
    (node) => node.textContent?.trim() === text && !node.closest("[hidden]"),
  );
const field = (name: string) => document.getElementById(`field-${name}`) as HTMLInputElement;
const heading = () => Array.from(document.querySelectorAll("h1")).find((node) => !node.closest("[hidden]"))?.textContent;

function type(name: string, value: string): void {
  field(name).value = value;
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
}

async function click(tag: string, text: string): Promise<void> {
  await soon(() => expect(byText(tag, text)?.hasAttribute("disabled"), `${tag} "${text}"`).toBe(false));
  byText(tag, text)?.click();
}

const showsHeading = (text: string) => soon(() => expect(heading()).toBe(text));
const shows = (selector: string) => soon(() => expect(document.querySelector(selector), selector).not.toBeNull());

async function signIn(): Promise<void> {
  await shows("#field-email");
  type("email", "a@b");
  type("password", "secret");
  await soon(() => expect(byText("button", "Sign in")?.hasAttribute("disabled")).toBe(false));
  field("password").form?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await soon(() => expect(document.querySelector("#field-email")).toBeNull());
}

function submit(): void {
  document.querySelector("form")?.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

beforeEach(() => {
  sent = [];
  bodies = [];
  episode = {};
  row = {};
  refuse = null;
  invitations = 0;
  signedIn = { id: "c1", role: "physician" };
  host = document.body.appendChild(document.createElement("div"));
  vi.stubGlobal("scrollTo", () => undefined);
});

afterEach(() => {
  render(null, host);
  host.remove();
  forgetEverything();
  vi.unstubAllGlobals();
});

describe("a session that ends", () => {
  test("leaves a half-filled form where it was", async () => {
    await open(paths.enrol);
    await showsHeading("Enrol a patient");
    type("patient.name", "Ada Lindgren");
    signedIn = null;
    await click("a", "Worklist");
    await showsHeading("Please sign in again");
    await signIn();
    await click("a", "Enrol");
    await showsHeading("Enrol a patient");
    expect(field("patient.name").value).toBe("Ada Lindgren");
  });

  test("hides what was on the screen until someone signs in again, then loads it anew", async () => {
    await open(paths.worklist);
    await soon(() => expect(byText("a", "Marta Lindqvist")).toBeDefined());
    signedIn = null;
    await click("button", "Planned 1");
    await showsHeading("Please sign in again");
    expect(byText("a", "Marta Lindqvist")).toBeUndefined();
    const before = sent.length;
    await signIn();
    await soon(() => expect(byText("a", "Marta Lindqvist")).toBeDefined());
    await soon(() => expect(sent.slice(before)).toContain("POST /episodes/search"));
    expect(bodies.at(-1)).toMatchObject({ group: "planned" });
  });

  test("keeps nothing for another clinician", async () => {
    await open(paths.enrol);
    await showsHeading("Enrol a patient");
    type("patient.name", "Ada Lindgren");
    signedIn = null;
    await click("a", "Worklist");
    await showsHeading("Please sign in again");
    signedIn = { id: "c2", role: "nurse" };
    await signIn();
    await click("a", "Enrol");
    await showsHeading("Enrol a patient");
    expect(field("patient.name").value).toBe("");
  });

  test("is asked for at the start without an error", async () => {
    signedIn = null;
    await open(paths.worklist);
    await showsHeading("Clinic sign-in");
    expect(document.querySelector('[role="alert"]')).toBeNull();
  });
});

describe("an invitation", () => {
  test("never shows the picture and the digits on one view", async () => {
    await open(paths.phone(ID));
    await shows(".qr svg path");
    expect(document.querySelector(".qr script")).toBeNull();
    expect(document.body.textContent).not.toContain("482");

    await click("button", "Show the code");
    await shows(".code");
    expect(document.querySelector(".code")?.getAttribute("aria-label")).toBe("Code 4 8 2 9 1 3");
    expect(document.querySelector(".qr")).toBeNull();

    await click("button", "Back to the QR");
    await shows(".qr svg");
    expect(document.querySelector(".code")).toBeNull();
  });

  test("never shows the link and the digits on one view", async () => {
    await open(paths.phone(ID));
    await shows(".qr svg");
    await click("button", "Link instead");
    await shows("#invite-link");
    expect(document.querySelector<HTMLInputElement>("#invite-link")?.value).toBe("https://x/enrol#t2");
    await click("button", "Show the code");
    await shows(".code");
    expect(document.querySelector("#invite-link")).toBeNull();
    await click("button", "New code");
    await shows("#invite-link");
    expect(document.querySelector(".code")).toBeNull();
  });

  test("that is being replaced is not shown for another moment", async () => {
    await open(paths.phone(ID));
    await shows(".qr svg");
    const seen = new Set<string>();
    const observer = new MutationObserver(() => {
      const link = document.querySelector<HTMLInputElement>("#invite-link")?.value;
      if (link) seen.add(link);
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true });
    await click("button", "Link instead");
    await shows("#invite-link");
    observer.disconnect();
    expect([...seen]).toEqual(["https://x/enrol#t2"]);
  });
});

test("an open invitation is not replaced by looking at the page", async () => {
  episode = { invitation: { kind: "link", expires_at: "2099-03-02T10:15:00Z" } };
  await open(paths.phone(ID));
  await soon(() => expect(document.body.textContent).toContain("A link is open until 2 Mar 2099, 11:15"));
  expect(invitations).toBe(0);
  await click("button", "Make a new one (the old one stops working)");
  await shows("#invite-link");
  expect(invitations).toBe(1);
});

describe("a red flag", () => {
  const told = { alert_id: "a1", entry_id: "e1", kind: "limb_weak_or_numb", title: "Weak or numb", reports: 1 };
  const times = { opened_at: "2026-02-10T20:02:00+01:00", due_at: "2026-02-10T20:17:00+01:00" };
  const untouched = {
    acknowledged_at: null, acknowledged_by: null, owner_id: null, owner: null, outcome: null, closed_at: null,
    closed_by: null, steps: 0, escalate_at: null, recheck_at: null,
  };
  const alert: Alert = { ...told, ...times, ...untouched, level: "E" };

  test("is acknowledged by a second click only", async () => {
    episode = { ...DONE, alerts: [alert] };
    await open(paths.episode(ID));
    await click("button", "Acknowledge");
    await soon(() => expect(byText("button", "Yes, I have seen it")).toBeDefined());
    expect(sent).not.toContain("POST /alerts/a1/acknowledge");
    await click("button", "Yes, I have seen it");
    await soon(() => expect(sent).toContain("POST /alerts/a1/acknowledge"));
  });

  test("stays in sight once it was seen, with who, when and how late", async () => {
    episode = { ...DONE, alerts: [{ ...alert, acknowledged_at: "2026-02-10T19:30:00Z", acknowledged_by: "Dr Halvorsen" }] };
    await open(paths.episode(ID));
    await shows(".alert-seen");
    const line = document.querySelector(".alert-seen")?.textContent?.replaceAll("\u00a0", " ");
    for (const part of ["Emergency", "Weak or numb", "30 h after T0; from 24 h on: emergency", "seen by Dr Halvorsen", "13 min late"])
      expect(line).toContain(part);
  });
});

test("the worklist still tells of a red flag that was seen", async () => {
  row = { highest_seen_alert: "E" };
  await open(paths.worklist);
  await soon(() => expect(document.querySelector('[data-name="Alerts"]')?.textContent).toBe("Emergency seen"));
});

describe("another block of the same patient", () => {
  const earlier = { episode_id: LATER, region: "lumbar", level: "L4", side: "right", status: "performed", shape: null } as const;

  test("is linked, and its reading can be ended at this T0", async () => {
    episode = { ...DONE, performed_at: "2026-03-09T14:02:00+01:00", other_episodes: [{ ...earlier, performed_at: "2026-02-20T08:30:00Z" }] };
    await open(paths.episode(ID));
    await soon(() => expect(byText("a", "L4 right, 20 Feb 2026")?.getAttribute("href")).toBe(paths.episode(LATER)));
    await soon(() => expect(byText("a", "End its reading at this T0")?.getAttribute("href")).toBe(paths.endedBy(LATER, ID)));
  });

  test("that came later ends nothing here", async () => {
    episode = { ...DONE, other_episodes: [{ ...earlier, performed_at: "2026-03-20T08:30:00Z" }] };
    await open(paths.episode(ID));
    await soon(() => expect(byText("a", "L4 right, 20 Mar 2026")).toBeDefined());
    expect(byText("a", "End its reading at this T0")).toBeUndefined();
    expect(sent).not.toContain(`GET /episodes/${LATER}`);
  });
});

test("a planned episode does not ask for a reading", async () => {
  await open(paths.episode(ID));
  await soon(() => expect(document.body.textContent).toContain("Planned: nothing is read before T0."));
  expect(sent.filter((call) => call.endsWith("/reading"))).toEqual([]);
});

describe("roles", () => {
  const links = () => Array.from(document.querySelectorAll(".bar-nav a"), (link) => link.textContent);

  test("an auditor is offered nothing that changes anything", async () => {
    signedIn = { id: "c1", role: "auditor" };
    await open(paths.episode(ID));
    await shows(".record");
    expect(links()).toEqual(["Worklist", "Alerts", "Inbox", "Cohort", "Audit trail"]);
    const offered = Array.from(document.querySelectorAll("main a, main button"), (node) => node.textContent);
    for (const action of ["Correct", "Confirm T0", "Connect a phone", "Another block"])
      expect(offered).not.toContain(action);
  });

  test("an auditor who types an address gets no form and sends nothing", async () => {
    signedIn = { id: "c1", role: "auditor" };
    await open(paths.phone(ID));
    await showsHeading("Not for your role");
    expect(sent.filter((call) => call !== "GET /inbox/count")).toEqual(["GET /session"]);
  });

  test("only an administrator is offered the settings", async () => {
    signedIn = { id: "c1", role: "admin" };
    await open(paths.worklist);
    await showsHeading("Worklist");
    expect(links()).toEqual(["Worklist", "Alerts", "Inbox", "Cohort", "Enrol", "Settings"]);
  });
});

describe("the enrolment form", () => {
  test("with a mistake is not sent, and the first wrong field gets the focus", async () => {
    await open(paths.enrol);
    await showsHeading("Enrol a patient");
    type("patient.name", "Ada Lindgren");
    submit();
    await soon(() => expect(document.activeElement?.id).toBe("field-patient.record_number"));
    expect(field("patient.record_number").getAttribute("aria-invalid")).toBe("true");
    expect(field("patient.name").value).toBe("Ada Lindgren");
    expect(sent).not.toContain("POST /episodes");
  });

  test("counts every field that is filled in one go", async () => {
    await open(paths.enrol);
    await showsHeading("Enrol a patient");
    type("patient.name", "Ada Lindgren");
    type("patient.record_number", "R-1");
    submit();
    await soon(() => expect(document.activeElement?.id).toBe("field-procedure.performed_at"));
    expect([field("patient.name").value, field("patient.record_number").value]).toEqual(["Ada Lindgren", "R-1"]);
  });
});

describe("a correction", () => {
  const save = () => click("button", "Save the correction");
  const puts = () => bodies.filter((body) => (body as { revision?: number }).revision) as Record<string, any>[];

  async function openCorrection(query = ""): Promise<void> {
    episode = { ...DONE, ...episode };
    await open(paths.correct(ID) + query);
    await showsHeading("Correct the record");
    await shows("#field-reason");
  }

  test("made on an old version is not saved over the newer one, and nothing typed is lost", async () => {
    await openCorrection();
    type("reason", "Baseline read off the chart");
    type("operator", "Dr Halvorsen");
    refuse = () => {
      refuse = null;
      const moved = "2026-02-09T13:40:00+01:00";
      const changes = [{ field: "procedure.performed_at", before: DONE.performed_at, after: moved }];
      const revision = { revision: 3, at: "2026-02-10T09:00:00Z", by: "Nurse Ek", reason: "T0 was late", changed: [], changes };
      episode = { ...DONE, performed_at: moved, procedure: { ...RECORD.procedure, performed_at: moved }, revision: 3, revisions: [revision] };
      return [409, { code: "conflict" }];
    };
    submit();
    await soon(() => expect(byText("button", "Save mine on top")).toBeDefined());
    expect(heading()).toBe("Correct the record");
    expect(field("reason").value).toBe("Baseline read off the chart");
    await click("button", "Show their version");
    await soon(() => expect(document.body.textContent).toContain("T0: 9 Feb 2026, 14:02 → 9 Feb 2026, 13:40"));
    await click("button", "Save mine on top");
    await soon(() => expect(puts()).toHaveLength(2));
    expect(puts().map((body) => body["revision"])).toEqual([2, 3]);
    expect(puts()[1]).toMatchObject({ operator: "Dr Halvorsen", procedure: { performed_at: "2026-02-09T13:40:00+01:00" } });
    await soon(() => expect(location.pathname).toBe(paths.episode(ID)));
  });

  test("that would hide a diary asks first, and says what happens", async () => {
    await openCorrection();
    type("reason", "wrong patient");
    document.querySelector<HTMLInputElement>('input[name="status"][value="cancelled"]')?.click();
    await save();
    await soon(() => expect(document.body.textContent).toContain("This hides a diary with 12 entries."));
    expect(puts()).toEqual([]);
    await click("button", "Yes, hide the diary");
    await soon(() => expect(puts()).toHaveLength(1));
    expect(puts()[0]).toMatchObject({ status: "cancelled" });
  });

  test("with an untouched row for what ended the reading is not saved", async () => {
    await openCorrection();
    type("reason", "x");
    await click("button", "Add a repeat injection or surgery");
    await shows("#field-events\\.0\\.kind");
    expect(["kind", "at", "time"].map((part) => field(`events.0.${part}`).value)).toEqual(["", "", ""]);
    await save();
    await soon(() => expect(field("events.0.time").getAttribute("aria-invalid")).toBe("true"));
    expect(puts()).toEqual([]);
  });

  test("reached from a later block has the repeat injection at its T0 filled in", async () => {
    await openCorrection(`?repeat=${LATER}`);
    expect(["kind", "at", "time"].map((part) => field(`events.0.${part}`).value)).toEqual(["repeat", "2026-02-20", "09:30"]);
    submit();
    await soon(() => expect(puts()[0]).toMatchObject({ events: [{ kind: "repeat", at: "2026-02-20T09:30:00+01:00" }] }));
  });

  test("that is not saved is not left without a question", async () => {
    const asked = vi.fn(() => false);
    vi.stubGlobal("confirm", asked);
    await openCorrection();
    await click("a", "Cancel");
    await soon(() => expect(location.pathname).toBe(paths.episode(ID)));
    expect(asked).not.toHaveBeenCalled();
    await click("a", "Correct");
    await shows("#field-reason");
    type("reason", "T0 was later");
    await click("a", "Worklist");
    expect(asked).toHaveBeenCalledOnce();
    expect(location.pathname).toBe(paths.correct(ID));
    const closing = new Event("beforeunload", { cancelable: true });
    dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    history.pushState(null, "", paths.worklist);
    dispatchEvent(new PopStateEvent("popstate"));
    expect(location.pathname).toBe(paths.correct(ID));
    asked.mockReturnValue(true);
    await click("a", "Worklist");
    await showsHeading("Worklist");
  });
});

test("confirming T0 of a planned block asks for the time and the baseline, not for a reason", async () => {
  episode = RECORD;
  await open(paths.confirm(ID));
  await showsHeading("Confirm T0");
  await shows(".as-planned");
  expect(field("procedure.performed_at").value).toMatch(/^\d\d:\d\d$/);
  expect(field("reason")).toBeNull();
  expect(document.querySelector(".as-planned")?.textContent).toContain("lidocaine");
  submit();
  await soon(() => expect(sent).toContain(`PUT /episodes/${ID}`));
  expect(bodies.at(-1)).toMatchObject({ status: "performed", reason: "Injection done, T0 confirmed", revision: 1 });
});

test("a filter chosen right after typing stays, and so does what was typed", async () => {
  await open(paths.worklist);
  await shows(".worklist");
  const box = document.querySelector<HTMLInputElement>("#worklist-search");
  if (!box) throw new Error("no search");
  box.value = "Marta";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  await click("button", "Planned 1");
  await soon(() => expect(bodies.at(-1)).toMatchObject({ search: "Marta", group: "planned" }));
  expect(byText("button", "Planned 1")?.getAttribute("aria-pressed")).toBe("true");
});

test("the page's title never carries a name into the browser's history", async () => {
  await open(paths.episode(ID));
  await soon(() => expect(document.body.textContent).toContain("Marta Lindqvist"));
  expect(document.title).toBe("Episode · Afterblock");
});
