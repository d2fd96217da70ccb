// @vitest-environment happy-dom
/** A red flag in an ordinary entry: what to do is said at once, and stays in sight until somebody has followed it up. */
import { render } from "preact";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { flagEvent } from "../../src/diary/flagEvents.ts";
import type { EntryBody, Operation, Revision } from "../../src/diary/record.ts";
import { flagReport } from "../../src/diary/revise.ts";
import { speak } from "../../src/i18n/index.ts";
import { speakLater } from "../../src/i18n/later.ts";
import { ServicesContext, type Services } from "../../src/patient/context.ts";
import { consequences } from "../../src/patient/consequences.ts";
import { openFlag } from "../../src/patient/flagged.ts";
import * as help from "../../src/patient/later/help.ts";
import { modelOf } from "../../src/patient/model.ts";
import { Frame } from "../../src/patient/parts/Frame.tsx";
import type { SavedForm } from "../../src/patient/saving.ts";
import { Saved } from "../../src/patient/screens/Saved.tsx";
import { aDiary, anEntry, anEpisode, asRevision, HOUR, T0, writing } from "../makers.ts";

const NOW = T0 + 31 * HOUR;
const weak = (at = NOW, part: Partial<EntryBody> = {}) => anEntry(at, 4, { weak: true, ...part });
const modelWith = (revisions: Revision[], now = NOW, unsent = true, acknowledged = {}) => {
  const queued = unsent ? revisions.map(({ rev_id }, order) => ({ order, rev_id, failures: 0, parked: null })) : [];
  const diary = aDiary({ episodes: [anEpisode({ acknowledged })] });
  return modelOf({ meta: { diary }, revisions, queued, aside: [] }, now)!;
};
const savedForm = (operations: Operation[], at = NOW): SavedForm => ({ at, operations, slot: null, draft: null, asks: true, before: modelWith([], at) });

describe("what was saved", () => {
  test("is an emergency at once where the table says so", () => {
    const entry = weak();
    const { advice, ask } = consequences(savedForm([entry]));
    expect([advice?.finding.level, advice?.finding.code, advice?.revId]).toEqual(["E", "limb_weak_or_numb", entry.rev_id]);
    expect(ask).toBe(true);
  });

  test("takes the most urgent of several, and says nothing to do about what is long past", () => {
    const both = consequences(savedForm([weak(NOW, { side_effects: [{ code: "headache", severity: "severe" }] })]));
    expect([both.advice?.finding.level, both.flags.length]).toEqual(["E", 2]);
    const past = consequences(savedForm([weak(T0 + 31 * HOUR)], T0 + 80 * HOUR));
    expect([past.flags, past.advice]).toEqual([["limb_weak_or_numb"], null]);
  });
});

describe("an entry that calls for a call", () => {
  const entry = asRevision(weak());

  test("stays open for a day, sent or not", () => {
    expect(openFlag(modelWith([entry], NOW + 20 * HOUR))?.finding.level).toBe("E");
    expect(openFlag(modelWith([entry], NOW + 20 * HOUR, false))?.finding.level).toBe("E");
    expect(openFlag(modelWith([entry], NOW + 25 * HOUR))).toBeNull();
  });

  test("is followed up by a report of that symptom, by a call, and by the clinic", () => {
    const later = writing(NOW + HOUR);
    const about = (code: string) => asRevision(flagReport([{ code }], "S", later));
    expect(openFlag(modelWith([entry, about("vomiting")], NOW + 2 * HOUR))).not.toBeNull();
    expect(openFlag(modelWith([entry, about("limb_weak_or_numb")], NOW + 2 * HOUR))).toBeNull();
    expect(openFlag(modelWith([entry, asRevision(flagReport([], "C", later))], NOW + 2 * HOUR))).not.toBeNull();
    expect(openFlag(modelWith([entry, asRevision(flagReport([], "C", later, { gone: ["limb_weak_or_numb"] }))], NOW + 2 * HOUR))).toBeNull();
    const shown = asRevision(flagEvent({ event: "shown", about: entry.entry_id, level: "E" }, later));
    expect(openFlag(modelWith([entry, shown], NOW + 2 * HOUR))).not.toBeNull();
    const called = asRevision(flagEvent({ event: "called", about: entry.entry_id, level: "E", whom: "clinic" }, later));
    expect(openFlag(modelWith([entry, called], NOW + 2 * HOUR))).toBeNull();
    expect(openFlag(modelWith([entry], NOW + 2 * HOUR, false, { [entry.entry_id]: "2026-03-03T17:00:00Z" }))).toBeNull();
  });

  test("the graver one stands first, and what needs no call opens nothing", () => {
    const headache = asRevision(anEntry(NOW + HOUR, 4, { side_effects: [{ code: "headache", severity: "mild" }] }));
    expect(openFlag(modelWith([headache], NOW + HOUR))).toBeNull();
    const worse = asRevision(anEntry(NOW + 2 * HOUR, 10));
    expect(openFlag(modelWith([entry, worse], NOW + 3 * HOUR))?.finding.level).toBe("E");
    expect(modelWith([asRevision(anEntry(NOW, 4))]).alarming).toEqual([]);
  });
});

describe("on the screen", () => {
  let host: HTMLElement;
  const kept: Operation[] = [];

  beforeEach(async () => {
    await speak("en");
    await speakLater("en");
    kept.length = 0;
    host = document.body.appendChild(document.createElement("div"));
  });

  afterEach(() => {
    render(null, host);
    host.remove();
  });

  const draw = (what: preact.ComponentChild) => {
    const services = {
      store: { save: async (operations: Operation[]) => void kept.push(...operations), askToPersist: async () => undefined },
      uploader: { status: { busy: false, trouble: null }, subscribe: () => () => undefined, kick: async () => undefined },
      load: async () => help,
      now: () => NOW,
      language: "en",
      forms: new Set(),
    } as unknown as Services;
    render(<ServicesContext.Provider value={services}>{what}</ServicesContext.Provider>, host);
  };
  const links = () => [...host.querySelectorAll("a.call")].map((link) => link.getAttribute("href"));

  test("the emergency is the screen, without a network too, and only then is it told as shown", async () => {
    const entry = weak();
    const saved = savedForm([entry]);
    draw(<Saved model={modelWith([asRevision(entry)])} path="/today" saved={saved} found={consequences(saved)} onAnswered={() => undefined} onUndone={() => undefined} onDone={() => undefined} />);
    expect(host.querySelector("h1")?.textContent).toBe("Get emergency help now");
    expect(links()).toEqual(["tel:112", "tel:+49305550100"]);
    expect(host.textContent).toContain("Your clinic has NOT been told. Call now.");
    expect(host.textContent).toContain("Undo");
    await vi.waitFor(() => expect(kept.map(({ body }) => body)).toMatchObject([{ event: "shown", about: entry.entry_id, level: "E" }]));
  });

  test("it stays on every screen, says once the clinic knows, and goes to the questions", async () => {
    const told = { level: "E" as const, told_at: "2026-03-03T15:20:00Z" };
    draw(<Frame model={modelWith([asRevision(weak(), { told })], NOW + HOUR, false)} path="/history">diary</Frame>);
    await vi.waitFor(() => expect(host.querySelector(".flagged")?.textContent).toContain("Your clinic was told at"));
    expect(links()).toEqual(["tel:112", "tel:+49305550100"]);
    expect(kept).toEqual([]);
    draw(<Frame model={modelWith([asRevision(anEntry(NOW, 4))], NOW)} path="/history">diary</Frame>);
    await vi.waitFor(() => expect(host.querySelector(".flagged")).toBeNull());
  });

  test("the daily question is answered below what it asks, and the thanks take the focus", async () => {
    const saved = savedForm([anEntry(NOW, 4)]);
    draw(<Saved model={modelWith([asRevision(saved.operations[0]!)])} path="/history/edit" saved={saved} found={consequences(saved)} onAnswered={() => undefined} onUndone={() => undefined} onDone={() => undefined} />);
    expect(host.querySelector("footer button")).toBeNull();
    const none = [...host.querySelectorAll("button")].find((one) => one.textContent === "None of these")!;
    expect(host.querySelector(".plain")!.compareDocumentPosition(none) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    await vi.waitFor(() => expect(none.disabled).toBe(false));
    none.click();
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe("Thank you. That is noted."));
  });
});
