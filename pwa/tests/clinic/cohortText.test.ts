import { describe, expect, it } from "vitest";
import { basis, count, medianText, percent, pText, queryBody, valueName, WHOLE } from "../../src/clinic/cohort/cohortText";
import type { Rate, ShownGroup } from "../../src/clinic/cohort/types";
import { lasted, named, numbersOf } from "../../src/clinic/passport/passportText";
import type { PassportBlock } from "../../src/clinic/passport/types";

const rate = (over: Partial<Rate> = {}): Rate => ({ hits: 9, of: 12, percent: 75, low: 46.8, high: 91.1, hidden: false, ...over });
const HIDDEN = rate({ hits: null, of: null, percent: null, low: null, high: null, hidden: true });

describe("rates", () => {
  it("stand with what they rest on", () => {
    expect([percent(rate()), basis(rate())]).toEqual(["75\u00a0%", "9 of 12 (47–91)"]);
  });

  it("have no decimals where few are counted", () => {
    expect(percent(rate({ hits: 2, of: 3, percent: 66.7 }))).toBe("67\u00a0%");
  });

  it("say that they are hidden, or that there is nothing to divide", () => {
    expect([percent(HIDDEN), basis(HIDDEN), count(null)]).toEqual(["withheld", "", "withheld"]);
    expect([percent(rate({ hits: 0, of: 0, percent: null })), basis(rate({ of: 0 }))]).toEqual(["–", "none"]);
  });
});

describe("medians", () => {
  const group = (over: Partial<ShownGroup>) => ({ with_relief: 9, median: { days: 56.4, low: 40, high: null }, ...over }) as ShownGroup;

  it("have limits, open ones too", () => {
    expect(medianText(group({}))).toBe("56.4 d (40–open)");
    expect(medianText(group({ median: { days: null, low: null, high: null } }))).toBe("not reached");
    expect(medianText(group({ with_relief: null }))).toBe("withheld");
  });

  it("are compared with a p value as papers print it", () => {
    expect([pText(0.0004), pText(0.0312), pText(0.42), pText(null)]).toEqual(["p < 0.001", "p = 0.031", "p = 0.42", "no test"]);
  });
});

describe("a query", () => {
  it("goes out with its filters beside the rest", () => {
    expect(queryBody({ ...WHOLE, chosen: { level: ["L5"] } })).toMatchObject({ line: "L50", level: ["L5"] });
  });

  it("names its values as clinicians do", () => {
    expect(valueName("agent", "bupivacaine + lidocaine")).toBe("Bupivacaine + Lidocaine");
    expect(valueName("steroid", "none")).toBe("None");
  });
});

describe("a passport", () => {
  const block = (over: Partial<PassportBlock>) => ({ episode_id: "a", headline: "L50", days: 63.04, censored: true, ...over }) as PassportBlock;

  it("says how long relief lasted so far", () => {
    expect(lasted(block({}))).toBe("L50 63 d, so far");
    expect(lasted(block({ headline: null }))).toBe("–");
  });

  it("names blocks by their numbers in the picture", () => {
    const numbers = numbersOf([block({}), block({ episode_id: "b" }), block({ episode_id: "c" })]);
    expect(named(["a", "c"], numbers)).toBe("1 and 3");
    expect(named(["b"], numbers)).toBe("2");
  });
});
