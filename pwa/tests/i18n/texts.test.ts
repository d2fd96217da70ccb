import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FLAG_CODES } from "../../src/diary/flags.ts";
import { ALL } from "../../src/i18n/all.ts";
import { LANGUAGES, TRAITS } from "../../src/i18n/languages.ts";
import { texts, WORDS } from "./languages.ts";

const PATIENT = join(import.meta.dirname, "../../src/patient");
const OTHERS = LANGUAGES.filter((language) => language !== "en");
const keyOf = (path: string) => path.split("(")[0] ?? path;
const keys = (value: unknown) => [...new Set(texts(value).map(([path]) => keyOf(path)))].sort();

describe.each(LANGUAGES)("the voice in %s", (language) => {
  const all = texts(WORDS[language]);

  test("no text is empty or loud", () => {
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toMatch(/[!¡]|undefined|\[object/);
    }
  });

  test("no drug is named and no effect is promised", () => {
    const drugs =
      /lidoca|mepivaca|priloca|bupivaca|ropivaca|dexameta|dexametha|betameta|betametha|triamcinol|prednisol|steroid|esteroid|[ck]ortison|corticoid|anaesthetic|anest[eé]sic|betäubungsmittel|numbing drug|ليدوكا|كورتيزون|ستيرويد|مخدر موضعي/i;
    const promises = /will (help|work|get better|go away|relieve)|should (help|work|feel)|(le|lo) ayudará|mejorará|wird (helfen|wirken|besser)|سوف يتحسن|سيتحسن|سيساعد/i;
    for (const [path, text] of all) {
      expect(text, path).not.toMatch(drugs);
      expect(text, path).not.toMatch(promises);
    }
  });

  test("sentences are short", () => {
    const long = all.flatMap(([path, text]) => text.split(/[.?:؟]\s/).map((sentence) => [path, sentence.split(" ").length] as const)).filter(([, words]) => words > 26);
    expect(long).toEqual([]);
  });
});

describe.each(OTHERS)("completeness of %s", (language) => {
  test("has exactly the texts that English has", () => {
    expect(keys(WORDS[language])).toEqual(keys(WORDS["en"]));
  });

  test("leaves nothing in English", () => {
    const english = new Map(texts(WORDS["en"]));
    const same = texts(WORDS[language]).filter(([path, text]) => english.get(path) === text && /[a-z]{3}/i.test(text)).map(([path]) => keyOf(path));
    expect([...new Set(same)].filter((key) => !SAME.includes(key))).toEqual([]);
  });

  test("writes its numbers in the digits of the scale", () => {
    for (const [path, text] of texts(WORDS[language])) expect(text, path).not.toMatch(/[٠-٩۰-۹]/);
  });
});

/** Names, and texts that consist of inserted values. */
const SAME = ["0.app", "1.phone.version", "0.common.pair"];
/** Texts into which Arabic words are set, not times. */
const WORDED = ["1.recheck.text", "0.form.chipOn", "1.diary.gone", "1.diary.missedAt", "0.pain.spoken", "1.diary.score"];

describe("the languages", () => {
  test("Arabic is written from right to left and in Arabic letters", () => {
    expect(TRAITS.ar.dir).toBe("rtl");
    for (const [path, text] of texts(WORDS["ar"])) {
      if (SAME.includes(keyOf(path))) continue;
      expect(text, path).toMatch(/\p{Script=Arabic}/u);
    }
  });

  test("times and names inside an Arabic sentence are isolated", () => {
    for (const [path, text] of texts(WORDS["ar"])) {
      if (text.includes("14:02") && !WORDED.includes(keyOf(path))) expect(text, path).toContain("\u206814:02\u2069");
    }
  });

  test("the app's name and its version stand in Latin order in Arabic too", () => {
    expect(ALL.ar[1].phone.version("0.1.0")).toBe("\u2068Afterblock \u20680.1.0\u2069\u2069");
  });
});

describe("completeness", () => {
  test.each(LANGUAGES)("every symptom of the table has words in %s", (language) => {
    const known = new Set(texts(WORDS[language]).map(([path]) => path));
    for (const code of FLAG_CODES) expect(known, code).toContain(`1.flags.symptoms.${code}`);
  });

  test("no screen holds words of its own", () => {
    const files = readdirSync(PATIENT, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
    expect(files.length).toBeGreaterThan(10);
    const worded = /<(?:p|b|span|h[1-6]|button|li|a|legend|label|small)\b[^>{}]*>\s*[A-Za-z][A-Za-z ]+|aria-label="|placeholder="|title="[A-Z]/;
    const own = files.filter((file) => worded.test(readFileSync(join(PATIENT, file), "utf8")));
    expect(own).toEqual([]);
  });

  test("no words are read while a module loads, before a language is there", () => {
    const files = readdirSync(PATIENT, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
    const early = /^(?:export )?const [^=]+=(?!.*=>)[^\n]*\b(?:t|later)\.[a-z]/m;
    expect(files.filter((file) => early.test(readFileSync(join(PATIENT, file), "utf8")))).toEqual([]);
  });
});
