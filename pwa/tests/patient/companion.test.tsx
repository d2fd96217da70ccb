// @vitest-environment happy-dom
/** What comes next is told twice on one screen, in a sentence and in a list: both say the same. */
import { render } from "preact";
import { expect, test } from "vitest";
import { speak } from "../../src/i18n/index.ts";
import { speakLater } from "../../src/i18n/later.ts";
import { ServicesContext, type Services } from "../../src/patient/context.ts";
import { modelOf } from "../../src/patient/model.ts";
import { Companion } from "../../src/patient/parts/Companion.tsx";
import { nextText } from "../../src/patient/screens/Today.tsx";
import { aDiary, HOUR, T0 } from "../makers.ts";

const MORNING_OF_DAY_40 = T0 + 40 * 24 * HOUR;

test("a check-in that opens days before its date says in the list when it opens", async () => {
  await speak("en");
  await speakLater("en");
  const model = modelOf({ meta: { diary: aDiary() }, revisions: [], queued: [], aside: [] }, MORNING_OF_DAY_40);
  if (!model) throw new Error("no diary");
  const services = { load: () => new Promise(() => undefined), now: () => MORNING_OF_DAY_40 } as unknown as Services;
  const host = document.createElement("div");
  render(<ServicesContext.Provider value={services}><Companion model={model} /></ServicesContext.Provider>, host);
  const coming = [...host.querySelectorAll("ul.plain li")].map(({ textContent }) => textContent);
  const [, from] = /^Next check-in today, from (.+)\.$/.exec(nextText(model)) ?? [];
  expect(from).toBeDefined();
  expect(coming[0]).toMatch(/^Week check of Mon,? /);
  expect(coming[0]).toContain(`: from today, ${from}`);
});
