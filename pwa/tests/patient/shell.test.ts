// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { keepShell } from "../../src/patient/shell.ts";

let controllerChanged: () => void = () => undefined;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function told(registration: object, idle = false): Promise<boolean> {
  const around = { addEventListener: () => undefined, update: async () => undefined, installing: null, ...registration };
  const serviceWorker = { register: async () => around, addEventListener: (_: string, listener: () => void) => (controllerChanged = listener) };
  vi.stubGlobal("navigator", { serviceWorker });
  let heard = false;
  await keepShell(() => (heard = true), () => idle);
  return heard;
}

/** A waiting version and whether it is told to take over. */
function waiting(): { active: object; waiting: { postMessage: ReturnType<typeof vi.fn> } } {
  return { active: {}, waiting: { postMessage: vi.fn() } };
}

const seen = (state: DocumentVisibilityState) => vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);

test("a new version is announced when an older one is at work", async () => {
  expect(await told(waiting())).toBe(true);
});

test("the very first version is not announced as a new one", async () => {
  expect(await told({ waiting: { postMessage: () => undefined }, active: null })).toBe(false);
  expect(await told({ waiting: null, active: {} })).toBe(false);
});

test.each([
  ["in sight", "visible", true],
  ["with something open in it", "hidden", false],
] as const)("no version takes over a page that is %s", async (_, visibility, idle) => {
  seen(visibility);
  const registration = waiting();
  await told(registration, idle);
  expect(registration.waiting.postMessage).not.toHaveBeenCalled();
});

test("out of sight with nothing open, the new version takes over and the page begins again in it", async () => {
  seen("hidden");
  const reload = vi.spyOn(location, "reload").mockReturnValue();
  const registration = waiting();
  await told(registration, true);
  expect(registration.waiting.postMessage).toHaveBeenCalledWith("activate");
  controllerChanged();
  expect(reload).toHaveBeenCalledOnce();
});

test("a page that somebody has come back to meanwhile goes on as it is", async () => {
  const state = seen("hidden");
  const reload = vi.spyOn(location, "reload").mockReturnValue();
  await told(waiting(), true);
  state.mockReturnValue("visible");
  controllerChanged();
  expect(reload).not.toHaveBeenCalled();
});

test("the first worker that takes a page over does not make it begin again", async () => {
  seen("hidden");
  const reload = vi.spyOn(location, "reload").mockReturnValue();
  await told({ waiting: null, active: null }, true);
  controllerChanged();
  expect(reload).not.toHaveBeenCalled();
});
