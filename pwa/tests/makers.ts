/** Diaries and revisions for the tests, written once. */
import { skipped, type Writing } from "../src/diary/compose.ts";
import { toRfc3339 } from "../src/diary/moment.ts";
import type { Diary, Episode, EntryBody, Operation, Revision } from "../src/diary/record.ts";

export const T0 = Date.parse("2026-03-02T09:20:00+01:00");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function anEpisode(part: Partial<Episode> = {}): Episode {
  return {
    episode_id: "11111111-1111-4111-8111-111111111111",
    status: "performed",
    region: "lumbar",
    level: "L5",
    side: "left",
    index_pain: { site: "leg", side: "left" },
    zone: "Europe/Berlin",
    performed_at: toRfc3339(T0),
    window_minutes: 240,
    baseline: { pain: 7, locked: true, average: null },
    protocol: "snrb-default/1",
    ended_at: null,
    ...part,
  };
}

export function aDiary(part: Partial<Diary> = {}): Diary {
  return {
    device_id: "d0000000-0000-4000-8000-000000000001",
    patient_ref: "patient-one",
    clinic: { name: "Spine Clinic North", phone: "+49 30 5550100", emergency_number: "112", zone: "Europe/Berlin" },
    epoch: "e0000000-0000-4000-8000-000000000001",
    episodes: [anEpisode()],
    ...part,
  };
}

export function writing(now: number): Writing {
  return { episodeId: anEpisode().episode_id, now, openedAt: now - 5_000, skewMs: null };
}

/** An entry as the form would save it at `at` (ms). */
export function anEntry(at: number, pain = 3, part: Partial<EntryBody> = {}): Operation & { op: "put"; kind: "entry" } {
  const operation = skipped("now", "asleep", writing(at));
  const { skipped: _, ...plain } = operation.body as EntryBody;
  return { ...operation, op: "put", kind: "entry", body: { ...plain, pain, ...part } };
}

/** The next version of an item. */
export function versionOf(before: Operation, pain: number): Operation & { op: "put"; kind: "entry" } {
  const made = anEntry(T0, pain);
  return { ...made, entry_id: before.entry_id, parent_rev: before.rev_id };
}

export function asRevision(operation: Operation, part: Partial<Revision> = {}): Revision {
  return { ...operation, by: "patient", state: "waiting", received_at: null, problem: null, told: null, ...part } as Revision;
}
