/** The recovery room: what a tile says at a moment, and what a tap does until the server has answered. */
import { describe, expect, test } from "vitest";
import { ApiError } from "../../src/clinic/api";
import { dueCount, grouped, isStale, markState } from "../../src/clinic/recovery/marks";
import { mayRetry, type Tap, waited, withTaps } from "../../src/clinic/recovery/taps";
import type { RecoveryRow, Score } from "../../src/clinic/recovery/types";

const T0 = Date.parse("2026-03-02T09:00:00+01:00");
const at = (minutes: number) => T0 + minutes * 60_000;

function row(change: Partial<RecoveryRow> = {}): RecoveryRow {
  return {
    episode_id: "e1",
    patient: { patient_id: "p1", name: "Ada", record_number: "1" },
    status: "performed",
    performed_at: "2026-03-02T09:00:00+01:00",
    region: "lumbar",
    level: "L5",
    side: "left",
    index_pain: { site: "leg", side: "left" },
    complications: null,
    device: "none",
    revision: 1,
    scores: { pre: null, m15: null, m30: null },
    ...change,
  };
}

const PLANNED = row({ status: "planned", performed_at: null });
const score = (pain: number, taken_at = "2026-03-02T09:15:00+01:00"): Score => ({ pain, taken_at, source: "staff", entry_id: "x", rev_id: "r" });

describe("a mark", () => {
  const kinds = (mark: "m15" | "m30") => [0, 4, 5, 15, 22, 23, 37, 38].map((minutes) => markState(row(), mark, at(minutes)).kind);

  test("is due while a score of now belongs to it, then missed: the protocol gives it to the next one", () => {
    expect(kinds("m15")).toEqual(["later", "later", "due", "due", "due", "missed", "missed", "missed"]);
    expect(kinds("m30")).toEqual(["later", "later", "later", "later", "due", "due", "due", "missed"]);
  });

  test("before the injection only the score before can be given, after it no more", () => {
    expect(markState(PLANNED, "pre", at(0)).kind).toBe("due");
    expect(markState(PLANNED, "m15", at(0)).kind).toBe("locked");
    expect(markState(row(), "pre", at(1)).kind).toBe("locked");
  });

  test("a score from more than an hour before does not count as the one before", () => {
    const asked = { ...PLANNED, scores: { ...PLANNED.scores, pre: score(7, "2026-03-02T08:00:00+01:00") } };
    expect(isStale(asked, at(0))).toBe(false);
    expect(isStale(asked, at(1))).toBe(true);
  });

  test("due ones are counted, over all patients", () => {
    const rows = [row(), PLANNED, row({ scores: { pre: null, m15: score(3), m30: null } })];
    expect([14, 16, 31].map((minutes) => dueCount(rows, at(minutes)))).toEqual([0, 1, 2]);
  });
});

test("patients stand where they need something: watched longest first, waiting, then done", () => {
  const later = row({ episode_id: "e2", performed_at: "2026-03-02T09:10:00+01:00" });
  const done = row({ episode_id: "e3", scores: { pre: null, m15: score(3), m30: score(2) } });
  const groups = grouped([later, done, PLANNED, row()], at(41));
  expect(groups.watched.map((one) => one.episode_id)).toEqual(["e1", "e2"]);
  expect(groups.waiting).toEqual([PLANNED]);
  expect(groups.finished).toEqual([done]);
});

describe("a tap", () => {
  const base = { id: "t", episodeId: "e1", tappedAt: at(15), ticks: 1000, error: null } as const;
  const tapped: Tap = {
    ...base,
    kind: "score",
    state: "waiting",
    form: { rev_id: "r2", entry_id: "x2", parent_rev: null, mark: "m15", pain: 4, at_mark: false },
  };
  const day = { day: "2026-03-02", zone: "Europe/Berlin", server_time: "", episodes: [row()] };
  const shown = (tap: Tap) => withTaps(day, [tap], () => "2026-03-02T09:15:00+01:00").episodes[0];

  test("shows while it waits, and no more once it was refused", () => {
    expect(shown(tapped)?.scores.m15).toMatchObject({ pain: 4, rev_id: "r2" });
    expect(shown({ ...tapped, state: "refused" })?.scores.m15).toBeNull();
  });

  test("names the moment of the injection, and changes one complication only", () => {
    const given: Tap = { ...base, kind: "injection", state: "sending", form: { change_id: "c", performed_at: null } };
    expect(withTaps({ ...day, episodes: [PLANNED] }, [given], () => "now").episodes[0]?.performed_at).toBe("now");
    const seen: Tap = { ...base, kind: "complication", state: "sending", form: { change_id: "c", code: "bleeding", present: true } };
    expect(shown(seen)?.complications?.map((one) => one.code)).toEqual(["bleeding"]);
    expect(shown({ ...seen, form: { ...seen.form, code: null } } as Tap)?.complications).toEqual([]);
  });

  test("waits by the clock that did not stand still", () => {
    expect(waited({ tappedAt: 0, ticks: 0 }, 60_000, 20_000)).toBe(60_000);
    expect(waited({ tappedAt: 0, ticks: 0 }, -5_000, 20_000)).toBe(20_000);
  });

  test("is sent again after a failure of the way, not after a refusal", () => {
    const again = [0, 401, 429, 500, 503].map((status) => mayRetry(new ApiError("x", status)));
    const never = [403, 404, 409, 422].map((status) => mayRetry(new ApiError("x", status)));
    expect([again, never]).toEqual([Array(5).fill(true), Array(4).fill(false)]);
  });
});
