// @vitest-environment happy-dom
/** Numbers that open: one at a time, by keyboard too, with the focus back where it came from. */
import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FigureDetail, Opener, useOpening } from "../../src/clinic/parts/opening";
import type { Figure } from "../../src/clinic/types";

const RELIEF: Figure = {
  key: "confirmed_relief",
  answer: "anaesthetic",
  label: "Confirmed relief",
  value: "57 %",
  rule: "Two successive scores.",
  source: "Datta 2013",
  entries: ["a"],
  counted: [],
  criteria: "snrb-default/1",
};
const MISSING: Figure = {
  ...RELIEF,
  key: "missing",
  label: "missing",
  value: "2",
  criteria: null,
  counted: [
    { text: "Day 3, 5 Mar 2026", episode_id: null, entry_id: null },
    { text: "5 Mar 2026: 3/10", episode_id: "e1", entry_id: "n1" },
    { text: "L5 left", episode_id: "e1", entry_id: null },
  ],
};

let host: HTMLElement;
let outside: number;
const opened: (string | null)[] = [];

function Page() {
  const opening = useOpening((key) => opened.push(key));
  const shown = [RELIEF, MISSING].find(({ key }) => key === opening.open);
  return (
    <section onKeyDown={opening.onKeyDown}>
      {[RELIEF, MISSING].map(({ key, label }) => (
        <Opener key={key} opening={opening} name={key} panel="panel">
          {label}
        </Opener>
      ))}
      <div id="panel" tabIndex={-1}>
        {shown && <FigureDetail figure={shown} />}
      </div>
    </section>
  );
}

beforeEach(() => {
  outside = 0;
  opened.length = 0;
  host = document.body.appendChild(document.createElement("div"));
  host.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented) outside += 1;
  });
  act(() => render(<Page />, host));
});

afterEach(() => {
  act(() => render(null, host));
  host.remove();
});

function button(name: string): HTMLButtonElement {
  const found = [...host.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (!found) throw new Error(name);
  return found;
}

function escape(from: Element): void {
  act(() => void from.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, cancelable: true })));
}

const panel = () => host.querySelector("#panel") as HTMLElement;

test("a number opens its value, rule, source and criteria, and closes the one before", () => {
  act(() => button("Confirmed relief").click());
  expect(panel().textContent).toContain("Confirmed relief: 57 %. Two successive scores.");
  expect(panel().textContent).toContain("Source: Datta 2013. Criteria snrb-default/1.");
  act(() => button("missing").click());
  expect(button("Confirmed relief").getAttribute("aria-expanded")).toBe("false");
  expect(button("missing").getAttribute("aria-expanded")).toBe("true");
  expect(panel().textContent).not.toContain("Criteria");
});

test("what it counts is listed, and leads to the entry or the block where that can be seen", () => {
  act(() => button("missing").click());
  expect([...panel().querySelectorAll("li")].map(({ textContent }) => textContent)).toEqual(MISSING.counted.map(({ text }) => text));
  expect([...panel().querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual([
    "/clinic/episodes/e1#entry-n1",
    "/clinic/episodes/e1",
  ]);
});

test("Escape closes it from inside and gives the focus back; with nothing open it is left to others", () => {
  act(() => button("missing").click());
  panel().focus();
  escape(panel());
  expect(panel().textContent).toBe("");
  expect(document.activeElement).toBe(button("missing"));
  expect(outside).toBe(0);
  expect(opened).toEqual(["missing", null]);
  escape(button("missing"));
  expect(outside).toBe(1);
});
