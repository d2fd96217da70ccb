import { describe, expect, test } from "vitest";
import { modelOf } from "../../src/patient/model.ts";
import { noteOf } from "../../src/patient/notes.ts";
import type { Meta, Snapshot } from "../../src/store/store.ts";
import { aDiary, anEntry, asRevision, HOUR, T0 } from "../makers.ts";

const DAY = 24 * HOUR;
const entry = asRevision(anEntry(T0 + HOUR));
const queue: Snapshot["queued"] = [{ order: 1, rev_id: entry.rev_id, failures: 0, parked: null }];

const model = (meta: Partial<Meta> = {}, part: Partial<Snapshot> = {}, now = T0 + 2 * HOUR) =>
  modelOf({ meta: { diary: aDiary(), ...meta }, revisions: [], queued: [], aside: [], ...part }, now)!;

describe("what Today has to tell", () => {
  test("an entry that has waited for more than a day, before anything else", () => {
    const waiting = model({ recovered_at: T0 }, { revisions: [entry], queued: queue });
    expect(noteOf(waiting, "share", T0 + HOUR + DAY - 1)).toBe("recovered");
    expect(noteOf(waiting, "share", T0 + HOUR + DAY + 1)).toBe("waiting");
  });

  test("an entry that needs help is told of like one that waits", () => {
    const parked = model({}, { revisions: [entry], queued: [{ ...queue[0]!, parked: "invalid-request" }] });
    expect(noteOf(parked, null, T0 + 2 * DAY)).toBe("waiting");
  });

  test("a way to be reminded that has ended, until it is mended", () => {
    const ended = model({ unreminded: { why: "email", push_key: null }, reminders_put_off_at: T0 }, { revisions: [entry] });
    expect(noteOf(ended, "prompt", T0 + HOUR)).toBe("unreminded");
    expect(noteOf(model({ ...ended.meta, recovered_at: T0 }), "prompt", T0 + HOUR)).toBe("recovered");
  });

  test("that no way was chosen, and again a week after it was put off", () => {
    const unset = { unreminded: { why: "unset", push_key: "k" } } as const;
    expect(noteOf(model(unset), null, T0)).toBe("unset");
    expect(noteOf(model({ ...unset, reminders_put_off_at: T0 }), null, T0 + 7 * DAY - 1)).toBeNull();
    expect(noteOf(model({ ...unset, reminders_put_off_at: T0 }), null, T0 + 7 * DAY + 1)).toBe("unset");
  });

  test("the home screen after the first saved score, not before", () => {
    expect(noteOf(model(), "prompt", T0)).toBeNull();
    expect(noteOf(model({}, { revisions: [entry] }), "prompt", T0)).toBe("install");
    expect(noteOf(model({}, { revisions: [entry] }), null, T0)).toBeNull();
  });

  test("the home screen before reminders, which an iPhone shows only from there", () => {
    const unset = { unreminded: { why: "unset", push_key: "k" } } as const;
    expect(noteOf(model(unset, { revisions: [entry] }), "share", T0)).toBe("install");
    expect(noteOf(model({ ...unset, install_put_off_at: T0 }, { revisions: [entry] }), "share", T0 + DAY)).toBe("unset");
  });

  test("it again a week after it was put off", () => {
    const putOff = model({ install_put_off_at: T0 }, { revisions: [entry] });
    expect(noteOf(putOff, "prompt", T0 + 7 * DAY - 1)).toBeNull();
    expect(noteOf(putOff, "prompt", T0 + 7 * DAY + 1)).toBe("install");
  });
});
