import { expect, test } from "vitest";
import { acknowledgedAt, isSeen } from "../../src/diary/seen.ts";
import { anEntry, anEpisode, asRevision, T0 } from "../makers.ts";

const item = (seq?: number) => {
  const head = asRevision(anEntry(T0), { state: "received", ...(seq === undefined ? {} : { seq }) });
  return { entryId: head.entry_id, head };
};

test("without a word of the clinic nothing is seen", () => {
  expect(isSeen(anEpisode(), item(1))).toBe(false);
  expect(isSeen(anEpisode({ seen_seq: null, acknowledged: {} }), item(1))).toBe(false);
});

test("a physician has seen what stood before they signed, and nothing later", () => {
  const episode = anEpisode({ seen_seq: 7 });
  expect([item(6), item(7), item(8), item()].map((one) => isSeen(episode, one))).toEqual([true, true, false, false]);
});

test("a report is seen when its alert was acknowledged", () => {
  const report = item(9);
  const episode = anEpisode({ seen_seq: 7, acknowledged: { [report.entryId]: "2026-03-02T10:20:00+01:00" } });
  expect(acknowledgedAt(episode, report.entryId)).toBe(T0 + 60 * 60_000);
  expect(isSeen(episode, report)).toBe(true);
  expect(isSeen(episode, item(9))).toBe(false);
});
