/** The claim of an answer stands out, nothing of its sentence is lost. */
import { expect, test } from "vitest";
import { answerText } from "../../src/clinic/episode/answerText";

const CASES: [string, string, string][] = [
  [
    "Anaesthetic response: strongly positive; 85 % relief confirmed by two successive scores (peak 100 %); as long as expected of lidocaine.",
    "Strongly positive, 85 % relief",
    "confirmed by two successive scores (peak 100 %); as long as expected of lidocaine.",
  ],
  ["Anaesthetic response: negative; no relief confirmed.", "Negative", "no relief confirmed."],
  ["Flare: none so far; the question stays open to the end of day 7.", "None so far", "the question stays open to the end of day 7."],
  ["Flare: pain up to 2.5 points above baseline from day 1, over after 4 days.", "Pain up to 2.5 points above baseline from day 1", "over after 4 days."],
  ["No flare: soreness at the injection site only.", "No flare", "soreness at the injection site only."],
  ["No steroid was given.", "No steroid was given", ""],
  ["Flare: not evaluable. Too few scores.", "Not evaluable", "Too few scores."],
  [
    "Steroid response: relief of at least 50 % from day 4 (3–5); days 4 and 6 at or under 3/10 (baseline 7). Best three days: 80 % relief, around day 20.",
    "Relief of at least 50 % from day 4 (3–5)",
    "days 4 and 6 at or under 3/10 (baseline 7). Best three days: 80 % relief, around day 20.",
  ],
  ["Duration: relief of at least 50 % lasted 57 days (50–60) and was lost on day 61.", "Relief of at least 50 % lasted 57 days (50–60)", "and was lost on day 61."],
  ["Duration: relief of at least 50 % lasted 16 days, until surgery on day 20.", "Relief of at least 50 % lasted 16 days", "until surgery on day 20."],
  ["Duration: still in relief of at least 50 % at day 63, 59 days so far.", "Still in relief of at least 50 % at day 63, 59 days so far", ""],
];

test.each(CASES)("%s", (sentence, lead, rest) => {
  expect(answerText(sentence)).toEqual({ lead, rest });
});
