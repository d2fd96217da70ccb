import { expect, test } from "vitest";
import { flagEvent } from "../../src/diary/flagEvents.ts";
import { fold } from "../../src/diary/head.ts";
import { toRfc3339 } from "../../src/diary/moment.ts";
import { flagReport } from "../../src/diary/revise.ts";
import { consequences } from "../../src/patient/consequences.ts";
import { modelOf } from "../../src/patient/model.ts";
import { saveOperations } from "../../src/patient/saving.ts";
import type { Saving } from "../../src/patient/useSave.ts";
import type { Snapshot } from "../../src/store/store.ts";
import { aDiary, anEntry, anEpisode, asRevision, HOUR, T0, writing } from "../makers.ts";

const snapshot = (part: Partial<Snapshot> = {}): Snapshot => ({ meta: { diary: aDiary() }, revisions: [], queued: [], aside: [], ...part });
const saving = (now: number): Saving => ({ saving: false, failed: null, save: async () => true, copy: () => undefined, writing: () => writing(now) });

test("an urgent report is untold until the server has it", () => {
  const report = asRevision(flagReport([{ code: "allergy" }], "E", writing(T0 + HOUR)));
  const queued = [{ order: 1, rev_id: report.rev_id, failures: 0, parked: null }];
  expect(modelOf(snapshot({ revisions: [report], queued }), T0 + HOUR)?.untold.map(({ head }) => head.rev_id)).toEqual([report.rev_id]);
  expect(modelOf(snapshot({ revisions: [report] }), T0 + HOUR)?.untold).toEqual([]);
  const calm = asRevision(flagReport([], "C", writing(T0 + HOUR)));
  expect(modelOf(snapshot({ revisions: [calm], queued: [{ order: 1, rev_id: calm.rev_id, failures: 0, parked: null }] }), T0 + HOUR)?.untold).toEqual([]);
});

test("the log of a red flag travels, and is none of the entries a patient waits for", () => {
  const call = asRevision(flagEvent({ event: "called", about: "r1", level: "E", whom: "emergency" }, writing(T0 + HOUR)));
  const queued = [{ order: 1, rev_id: call.rev_id, failures: 0, parked: null }];
  const model = modelOf(snapshot({ revisions: [call], queued }), T0 + HOUR);
  expect([model?.waiting.size, model?.unsent.length, model?.reports, model?.entries]).toEqual([0, 1, [], []]);
});

test("a phone that is three hours fast is asked what the clinic's time asks, and its entries still answer", () => {
  const fast = 3 * HOUR;
  const meta = { diary: aDiary(), skew_ms: fast };
  const now = T0 + HOUR + fast;
  const model = modelOf(snapshot({ meta }), now);
  expect([model?.time, model?.clockError, model?.due.now?.key, model?.place]).toEqual([T0 + HOUR, fast, "m60", { kind: "hours", count: 1 }]);
  const entry = anEntry(now);
  const told = asRevision({ ...entry, recorded: { ...entry.recorded, skew_ms: fast } });
  expect(modelOf(snapshot({ meta, revisions: [told] }), now)?.due.now?.key).not.toBe("m60");
  expect(fold([told]).entries[0]?.body.taken_at).toBe(toRfc3339(now));
});

test("a changed entry is looked at for symptoms like a new one, and asks no daily question", async () => {
  const before = asRevision(anEntry(T0 + 20 * HOUR, 3));
  const model = modelOf(snapshot({ revisions: [before] }), T0 + 21 * HOUR)!;
  const after = { ...anEntry(T0 + 20 * HOUR, 3, { numb: true }), entry_id: before.entry_id, parent_rev: before.rev_id };
  const saved = await saveOperations(model, [after], { slot: null, draft: null, saving: saving(T0 + 21 * HOUR), draftKey: "edit", asks: false });
  const { flags, advice, ask } = consequences(saved!);
  expect([flags, advice?.finding.level, advice?.revId, ask]).toEqual([["limb_weak_or_numb"], "S", after.rev_id, false]);
  expect(anEpisode().episode_id).toBe(after.episode_id);
});
