// @vitest-environment happy-dom
/** Who helps the patient says so once: the check of symptoms and the impression that follow a form know it. */
import { render, type ComponentChildren } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Operation } from "../../src/diary/record.ts";
import { speak } from "../../src/i18n/index.ts";
import { speakLater } from "../../src/i18n/later.ts";
import { ServicesContext, type Services } from "../../src/patient/context.ts";
import { isHelping, sayHelping } from "../../src/patient/helping.ts";
import { modelOf } from "../../src/patient/model.ts";
import { Impression } from "../../src/patient/parts/Impression.tsx";
import { Check } from "../../src/patient/screens/Check.tsx";
import { aDiary, HOUR, MINUTE, T0 } from "../makers.ts";

const DAY_14 = T0 + 14 * 24 * HOUR + 12 * HOUR;

let host: HTMLElement;
let kept: Operation[];

beforeEach(async () => {
  await speak("en");
  await speakLater("en");
  host = document.body.appendChild(document.createElement("div"));
  kept = [];
});

afterEach(() => {
  render(null, host);
  host.remove();
});

function show(now: number, draw: (model: NonNullable<ReturnType<typeof modelOf>>) => ComponentChildren): void {
  const model = modelOf({ meta: { diary: aDiary() }, revisions: [], queued: [], aside: [] }, now);
  if (!model) throw new Error("no diary");
  const services = {
    store: { save: async (operations: Operation[]) => void kept.push(...operations), askToPersist: async () => undefined },
    uploader: { status: { busy: false, trouble: null }, subscribe: () => () => undefined, kick: async () => undefined },
    load: () => new Promise(() => undefined),
    now: () => now,
    language: "en",
    forms: new Set(),
  } as unknown as Services;
  render(<ServicesContext.Provider value={services}>{draw(model)}</ServicesContext.Provider>, host);
}

const button = (words: string) => [...host.querySelectorAll("button")].find(({ textContent }) => textContent?.includes(words));

async function saved(): Promise<unknown> {
  await vi.waitFor(() => expect(kept).toHaveLength(1));
  return kept[0]?.body;
}

test("a symptom looked at from a form is reported by whoever helps with the form", async () => {
  sayHelping(true, T0);
  show(T0 + MINUTE, (model) => <Check model={model} symptom="allergy" />);
  expect(await saved()).toMatchObject({ proxy: true });
});

test("the list of symptoms shows it and lets it be taken back", () => {
  sayHelping(true, T0);
  show(T0 + MINUTE, (model) => <Check model={model} />);
  expect(button("I am helping")?.getAttribute("aria-pressed")).toBe("true");
  button("I am helping")?.click();
  expect(isHelping(T0 + MINUTE)).toBe(false);
});

test("the impression of change is marked as given by a helper, and only then", async () => {
  sayHelping(true, DAY_14);
  show(DAY_14, (model) => <Impression model={model} />);
  button("Much better")?.click();
  expect(await saved()).toMatchObject({ proxy: true });
  render(null, host);
  kept = [];
  sayHelping(false, DAY_14);
  show(DAY_14, (model) => <Impression model={model} />);
  button("Much better")?.click();
  expect(await saved()).not.toHaveProperty("proxy");
});

test("half an hour later the patient is taken to be alone again", () => {
  sayHelping(true, T0);
  expect([isHelping(T0 + 29 * MINUTE), isHelping(T0 + 31 * MINUTE)]).toEqual([true, false]);
});
