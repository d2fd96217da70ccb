// @vitest-environment happy-dom
/** A foreign drawing reaches the page without anything that could run, restyle or call home. */
import { describe, expect, test } from "vitest";
import { makeRoving, nameMarks, paintMarks, placeAfter, stepOfKey, stopsOf } from "../../src/charts/marks";
import { adoptSvg, parseSvg, SvgError } from "../../src/charts/svg";
import { chartUrl, NARROW_BELOW } from "../../src/charts/useChartUrl";

const svg = (inner: string, attributes = "") =>
  adoptSvg(parseSvg(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"${attributes}>${inner}</svg>`));

const names = (root: Element) => [root, ...Array.from(root.querySelectorAll("*"))].map((node) => node.localName);

describe("what is let in", () => {
  test("shapes, text and marks with their names and entries", () => {
    const drawing = svg(
      '<title>Course</title><g class="ab-ink" color="#18212B"><circle cx="1" r="2" data-entry="e1" tabindex="0" role="img" aria-label="7 of 10"/></g><text x="1" font-size="12">day <tspan>1</tspan></text>',
    );
    expect(names(drawing)).toEqual(["svg", "title", "g", "circle", "text", "tspan"]);
    expect(drawing.getAttribute("viewBox")).toBe("0 0 9 9");
    const mark = drawing.querySelector("circle");
    expect(mark?.getAttribute("data-entry")).toBe("e1");
    expect(mark?.getAttribute("aria-label")).toBe("7 of 10");
    expect(drawing.querySelector("text")?.textContent).toBe("day 1");
  });

  test("a paint of the drawing's own", () => {
    const drawing = svg('<defs><pattern id="h"/></defs><rect fill="url(#h)"/>');
    expect(drawing.querySelector("rect")?.getAttribute("fill")).toBe("url(#h)");
  });
});

describe("what is kept out", () => {
  test.each([
    ["script", "<script>alert(1)</script>"],
    ["style", "<style>*{display:none}</style>"],
    ["foreignObject", '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>'],
    ["image", '<image href="https://evil.example/x.png"/>'],
    ["use", '<use href="https://evil.example/x.svg#a"/>'],
    ["a", '<a href="javascript:alert(1)"><text>click</text></a>'],
    ["animate", '<animate attributeName="href" values="javascript:alert(1)"/>'],
    ["set", '<set attributeName="onclick" to="alert(1)"/>'],
  ])("%s, with everything in it", (name, source) => {
    expect(names(svg(`${source}<g><g>${source}</g></g>`))).toEqual(["svg", "g", "g"]);
    expect(names(svg(source))).not.toContain(name);
  });

  test("an element of another language under an allowed name", () => {
    expect(names(svg('<g xmlns="http://www.w3.org/1999/xhtml"/><text xmlns="urn:x"/>'))).toEqual(["svg"]);
  });

  test("handlers, inline styles, references and foreign paints", () => {
    const drawing = svg(
      '<circle r="1" onclick="x()" onload="x()" style="fill:red" href="x" xlink:href="x" fill="url(https://evil.example/p)" stroke="url(\'//evil.example/p\')" xmlns:xlink="http://www.w3.org/1999/xlink"/>',
      ' onload="alert(1)" style="position:fixed"',
    );
    const kept = (node: Element) => Array.from(node.attributes, (attribute) => attribute.name);
    expect(kept(drawing)).toEqual(["viewBox"]);
    expect(kept(drawing.querySelector("circle") as Element)).toEqual(["r"]);
  });

  test("a document that is no drawing at all", () => {
    expect(() => adoptSvg(parseSvg("<html><body/></html>"))).toThrow(SvgError);
  });
});

describe("marks", () => {
  const marks = () =>
    svg(
      '<g data-entry="a" tabindex="0"><title>first</title><circle r="1"/></g><circle data-entry="b" tabindex="0"/><circle data-entry="c" tabindex="0"/>',
    );

  test("the chart is one tab stop, which stays where it was left", () => {
    const drawing = marks();
    const stops = stopsOf(drawing);
    makeRoving(stops, null);
    expect(stops.map((stop) => stop.getAttribute("tabindex"))).toEqual(["0", "-1", "-1"]);
    makeRoving(stops, stops[2] ?? null);
    expect(stops.map((stop) => stop.getAttribute("tabindex"))).toEqual(["-1", "-1", "0"]);
  });

  test("arrow keys walk in time and stop at the ends", () => {
    expect(["ArrowRight", "ArrowLeft", "Home", "End", "a"].map(stepOfKey)).toEqual([
      "next", "previous", "first", "last", null,
    ]);
    expect([placeAfter("next", 2, 3), placeAfter("previous", 0, 3), placeAfter("last", 0, 3)]).toEqual([2, 0, 2]);
  });

  test("a title becomes the mark's name instead of a tooltip over the popover", () => {
    const drawing = marks();
    nameMarks(drawing);
    const mark = drawing.querySelector('[data-entry="a"]');
    expect(mark?.getAttribute("aria-label")).toBe("first");
    expect(mark?.querySelector("title")).toBeNull();
  });

  test("the entries behind an answer stand out and the others step back", () => {
    const drawing = marks();
    paintMarks(drawing, "a", new Set(["b"]));
    expect(drawing.classList.contains("has-evidence")).toBe(true);
    expect(drawing.querySelector(".is-active")?.getAttribute("data-entry")).toBe("a");
    expect(drawing.querySelector(".is-evidence")?.getAttribute("data-entry")).toBe("b");
    paintMarks(drawing, null, null);
    expect(drawing.querySelector(".is-active, .is-evidence")).toBeNull();
    expect(drawing.classList.contains("has-evidence")).toBe(false);
  });
});

test("theme and room decide which drawing is fetched", () => {
  expect(chartUrl("/c.svg", true, NARROW_BELOW)).toBe("/c.svg?theme=dark&layout=wide");
  expect(chartUrl("/c.svg", false, NARROW_BELOW - 1)).toBe("/c.svg?theme=light&layout=narrow");
});
