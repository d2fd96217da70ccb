import { describe, expect, test } from "vitest";
import { formatsOf, localeOf } from "../../src/i18n/formats.ts";
import { bestOf, LANGUAGES } from "../../src/i18n/languages.ts";
import { FORMS, plural } from "../../src/i18n/plural.ts";

const AFTERNOON = new Date(2026, 2, 7, 14, 2).getTime();

describe("plural forms", () => {
  test.each(LANGUAGES)("the forms of %s are those of its plural rules", (language) => {
    expect([...FORMS[language]].sort()).toEqual([...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort());
  });

  test("are picked by the number", () => {
    const english = plural("en");
    expect(english(1, { one: "# entry", other: "# entries" })).toBe("1 entry");
    expect(english(1200, { one: "# entry", other: "# entries" })).toBe("1,200 entries");
    const arabic = plural("ar");
    const forms = { zero: "0", one: "1", two: "2", few: "few #", many: "many #", other: "other #" };
    expect([0, 1, 2, 3, 10, 11, 99, 100, 102, 103].map((n) => arabic(n, forms))).toEqual(
      ["0", "1", "2", "few 3", "few 10", "many 11", "many 99", "other 100", "other 102", "few 103"],
    );
  });
});

describe("times and dates", () => {
  test("follow the language, and the phone's own variety of it", () => {
    expect(formatsOf(localeOf("en", ["de-DE", "en-US"])).clock(AFTERNOON)).toMatch(/^2:02\sPM$/);
    expect(formatsOf(localeOf("en", ["de-DE"])).clock(AFTERNOON)).toBe("14:02");
    expect(formatsOf(localeOf("de", [])).longDay(AFTERNOON)).toBe("Samstag, 7. März");
    expect(formatsOf(localeOf("es", ["es-MX"])).longDay(AFTERNOON)).toBe("sábado, 7 de marzo");
    expect(formatsOf(localeOf("ar", [])).longDay(AFTERNOON)).toBe("السبت، 7 مارس");
  });

  test.each(["ar-EG", "ar-SA", "ar-MA", "ar-SA-u-ca-islamic-nu-arab"])("keep one calendar and one set of digits in %s", (locale) => {
    const { clock, dayOfYear, fromToday } = formatsOf(locale);
    expect(dayOfYear(AFTERNOON)).toMatch(/2026/);
    expect(dayOfYear(AFTERNOON)).toMatch(/7/);
    expect(clock(AFTERNOON)).toMatch(/^0?2:02|14:02/);
    expect(fromToday(5)).toMatch(/5/);
  });
});

test("the phone's languages decide until the patient does", () => {
  expect(bestOf(["fr-FR", "de-AT", "en"])).toBe("de");
  expect(bestOf(["AR"])).toBe("ar");
  expect(bestOf(["pl", "fr"])).toBe("en");
  expect(bestOf([])).toBe("en");
});
