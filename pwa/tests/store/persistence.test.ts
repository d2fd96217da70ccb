import { beforeEach, expect, test, vi } from "vitest";

let asks = 0;

/** `kept`: what the browser has promised already. `answer`: what it says when it is asked. */
async function askTimes(times: number, kept: boolean, answer: () => Promise<boolean>): Promise<boolean[]> {
  vi.stubGlobal("navigator", { storage: { persisted: async () => kept, persist: () => ((asks += 1), answer()) } });
  const { askToPersist } = await import("../../src/store/persistence.ts");
  const said: boolean[] = [];
  for (let n = 0; n < times; n += 1) said.push(await askToPersist());
  return said;
}

beforeEach(() => {
  vi.resetModules();
  asks = 0;
});

test("the browser is asked once a start to keep the store", async () => {
  expect(await askTimes(3, false, async () => true)).toEqual([true, false, false]);
  expect(asks).toBe(1);
});

test("it is not asked for what it has promised, and a refusal is no failure", async () => {
  expect(await askTimes(1, true, async () => true)).toEqual([true]);
  expect(asks).toBe(0);
  vi.resetModules();
  expect(await askTimes(1, false, async () => Promise.reject(new Error("denied")))).toEqual([false]);
});

test("a browser without such a promise is left alone", async () => {
  vi.stubGlobal("navigator", {});
  const { askToPersist } = await import("../../src/store/persistence.ts");
  expect(await askToPersist()).toBe(false);
});
