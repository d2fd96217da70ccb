// @vitest-environment happy-dom
/** The app of a phone with a diary while one of its parts cannot be had: help never waits. */
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { speak } from "../../src/i18n/index.ts";
import { App } from "../../src/patient/App.tsx";
import { ServicesContext, type Services } from "../../src/patient/context.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { aDiary, T0 } from "../makers.ts";

let host: HTMLElement;

beforeEach(async () => {
  await speak("en");
  host = document.body.appendChild(document.createElement("div"));
});

afterEach(() => {
  render(null, host);
  host.remove();
});

function open(path: string): void {
  history.replaceState({}, "", path);
  const snapshot: Snapshot = { meta: { diary: aDiary() }, revisions: [], queued: [], aside: [] };
  const services = {
    store: { subscribe: () => () => undefined, snapshot: async () => snapshot },
    uploader: { status: { busy: false, trouble: null }, subscribe: () => () => undefined },
    load: () => Promise.reject(new Error("broken asset")),
    now: () => T0,
    language: "en",
    forms: new Set(),
  } as unknown as Services;
  const beginning = { loaded: { kind: "ready", snapshot }, ready: Promise.resolve() } as const;
  render(
    <ServicesContext.Provider value={services}>
      <App beginning={beginning} updateReady={false} />
    </ServicesContext.Provider>,
    host,
  );
}

test("the numbers of the clinic and of the emergency service are there without any part", async () => {
  open("/check");
  await vi.waitFor(() => expect(host.textContent).toContain("Try again"));
  const numbers = [...host.querySelectorAll("a.call")].map((link) => link.getAttribute("href"));
  expect(numbers).toEqual(["tel:112", "tel:+49305550100"]);
});

test("the way to them is there as well", async () => {
  open("/today");
  await vi.waitFor(() => expect(host.querySelector("button.help")).not.toBeNull());
});
