// @vitest-environment happy-dom
/** The worklist's own rules: what is asked for, and how the keyboard walks it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { moveText, causeText } from "../../src/clinic/sign/signText";
import { onWorklistKey } from "../../src/clinic/worklist/keys";
import { EMPTY_VIEW, searchBody } from "../../src/clinic/worklist/view";

test("only what was chosen is asked for", () => {
  expect(searchBody(EMPTY_VIEW, 100)).toEqual({ search: "", sort: "triage", limit: 100, offset: 0 });
  const chosen = { ...EMPTY_VIEW, group: "ready" as const, filters: { level: "L5", side: "" }, offset: 100 };
  expect(searchBody(chosen, 100)).toEqual({ search: "", sort: "triage", limit: 100, offset: 100, group: "ready", level: "L5" });
});

describe("the keyboard", () => {
  beforeEach(() => {
    document.body.innerHTML =
      '<input id="worklist-search"><a class="row-link" href="#1">one</a><a class="row-link" href="#2">two</a>';
    document.addEventListener("keydown", onWorklistKey);
  });
  afterEach(() => document.removeEventListener("keydown", onWorklistKey));

  const press = (key: string) =>
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const here = () => document.activeElement?.textContent;

  test("j and k walk the rows and stop at the ends", () => {
    press("j");
    expect(here()).toBe("one");
    press("j");
    press("j");
    expect(here()).toBe("two");
    press("ArrowUp");
    press("k");
    expect(here()).toBe("one");
  });

  test("the arrows scroll the page until a row has the focus", () => {
    press("ArrowDown");
    expect(document.activeElement).toBe(document.body);
  });

  test("a slash goes to the search, where letters are letters", () => {
    press("/");
    expect(document.activeElement?.id).toBe("worklist-search");
    press("j");
    expect(document.activeElement?.id).toBe("worklist-search");
  });
});

test("a move is told from what to what, and by what", () => {
  const moved = { answer: "duration", title: "Duration", before: "L50 goes_on", after: "L50 loss", entries: ["a", "b"], cause: "entries" } as const;
  expect(moveText({ ...moved, entries: [] })).toBe("L50 goes on → L50 lost");
  expect(causeText({ ...moved, entries: ["a", "b"] })).toBe("by 2 entries");
  expect(causeText({ ...moved, entries: [], cause: "record" })).toBe("the record was corrected");
  expect(moveText({ ...moved, answer: "flare", before: "flare", after: "flare", entries: [] })).toBe("flare, other figures");
});
