// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { keepShell } from "../../src/patient/shell.ts";

afterEach(() => vi.unstubAllGlobals());

async function told(registration: object): Promise<boolean> {
  const around = { addEventListener: () => undefined, update: async () => undefined, installing: null, ...registration };
  vi.stubGlobal("navigator", { serviceWorker: { register: async () => around } });
  let heard = false;
  await keepShell(() => (heard = true), () => false);
  return heard;
}

test("a new version is announced when an older one is at work", async () => {
  expect(await told({ waiting: { postMessage: () => undefined }, active: {} })).toBe(true);
});

test("the very first version is not announced as a new one", async () => {
  expect(await told({ waiting: { postMessage: () => undefined }, active: null })).toBe(false);
  expect(await told({ waiting: null, active: {} })).toBe(false);
});
