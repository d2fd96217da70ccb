import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "../../src/ui/tokens.css"), "utf8");
const [light = "", rest = ""] = css.split("@media (prefers-color-scheme: dark)");
const [dark = "", night = ""] = rest.split(':root[data-palette="night"]');

function colours(part: string): Map<string, string> {
  return new Map([...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = "", value = ""]) => [name, value]));
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT: [string, string][] = [
  ["ink", "bg"], ["ink", "surface"], ["muted", "bg"], ["muted", "surface"], ["accent", "bg"], ["accent", "surface"], ["accent", "accent-soft"], ["on-accent", "accent"],
  ["danger", "bg"], ["danger", "surface"], ["on-danger", "danger"], ["danger", "danger-soft"], ["warn", "warn-soft"], ["warn", "bg"], ["good", "good-soft"], ["good", "surface"],
];

describe.each([["light", light], ["dark", dark], ["night", night]])("%s colours", (_, part) => {
  const known = colours(part);
  const of = (name: string) => known.get(name) ?? colours(light).get(name) ?? "";

  test.each(TEXT)("%s on %s can be read (4.5:1)", (ink, ground) => {
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test("the edges of controls can be seen (3:1)", () => {
    expect(contrast(of("edge"), of("bg"))).toBeGreaterThanOrEqual(3);
    expect(contrast(of("edge"), of("surface"))).toBeGreaterThanOrEqual(3);
  });
});

test("the first night is darker than the dark colours, and nothing on it glares", () => {
  const [usual, dim] = [colours(dark), colours(night)];
  expect([...dim.keys()].sort()).toEqual([...usual.keys()].sort());
  for (const name of ["bg", "surface", "ink", "accent", "danger"]) {
    expect(luminance(dim.get(name) ?? ""), name).toBeLessThan(luminance(usual.get(name) ?? ""));
  }
});

test("nothing is placed on the left or the right, so that a right-to-left language mirrors the page", () => {
  const style = readFileSync(join(import.meta.dirname, "../../src/patient/style.css"), "utf8").replaceAll(/env\(safe-area-inset-(left|right)\)/g, "");
  expect(style.match(/[^\n]*(?:-(?:left|right)|(?:^|[\s;{])(?:left|right|float))\s*:[^\n]*|text-align: (?:left|right)/g) ?? []).toEqual([]);
});
