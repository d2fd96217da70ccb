/** The enrolment form: what it asks for, what it sends, and where a refusal is shown. */
import { describe, expect, test } from "vitest";
import { dailyDates, type Draft, draftOf, EMPTY_ANAESTHETIC, EMPTY_EVENT, emptyDraft, type EventDraft, LEVELS } from "../../src/clinic/fields";
import { correctionBody, enrolBody, indexPainOf } from "../../src/clinic/serialise";
import type { EpisodeDetail } from "../../src/clinic/types";
import { decimal, fieldOfPointer, validate } from "../../src/clinic/validate";

const NOW = new Date("2026-03-02T10:00:00Z");
const ZONE = "Europe/Berlin";

function filled(change: Partial<Draft> = {}): Draft {
  return {
    ...emptyDraft(ZONE, NOW),
    name: " Marta Lindqvist ",
    recordNumber: "SCN-1",
    time: "10:40",
    level: "L5",
    side: "left",
    anaesthetics: [{ drug: "bupivacaine", concentration: "0,5", volume: "0.5", adrenaline: false }],
    steroidGiven: "given",
    steroidDrug: "dexamethasone",
    steroidDose: "10",
    pain: "7",
    painTime: "10:20",
    ...change,
  };
}

const wrong = (draft: Draft, kind: "enrol" | "correct" = "enrol") => [...validate(draft, kind, NOW).keys()];

describe("what the form asks for", () => {
  test("a full form has nothing wrong", () => expect(wrong(filled())).toEqual([]));

  test("an empty form names every field that must be chosen, in its own order", () => {
    expect(wrong(emptyDraft(ZONE, NOW))).toEqual([
      "patient.name",
      "patient.record_number",
      "procedure.performed_at",
      "procedure.level",
      "procedure.side",
      "procedure.anaesthetic.0.drug",
      "procedure.steroid",
    ]);
  });

  test("laterality, level, time and drugs are never filled in for the clinician", () => {
    const { side, level, time, steroidGiven, pain, anaesthetics } = emptyDraft(ZONE, NOW);
    expect([side, level, time, steroidGiven, pain, anaesthetics[0]?.drug]).toEqual(["", "", "", "", "", ""]);
  });

  test("a known patient needs no name", () => {
    expect(wrong(filled({ patientId: "p1", name: "", recordNumber: "" }))).toEqual([]);
  });

  test("T0 may not lie in the future, nor in the hour the clocks skipped", () => {
    expect(wrong(filled({ time: "11:30", painTime: "" }))).toEqual(["procedure.performed_at"]);
    const skipped = filled({ date: "2025-03-30", time: "02:30", painTime: "" });
    expect(wrong(skipped)).toEqual(["procedure.performed_at"]);
  });

  test("a planned block needs no T0", () => {
    expect(wrong(filled({ status: "planned", time: "", pain: "", painTime: "" }))).toEqual([]);
  });

  test("a planned block needs no drugs yet, a done one does, and nothing half-typed is dropped", () => {
    const open = { anaesthetics: [{ ...EMPTY_ANAESTHETIC }], steroidGiven: "", steroidDrug: "", steroidDose: "" } as const;
    expect(wrong(filled({ ...open, anaesthetics: [{ ...EMPTY_ANAESTHETIC }], status: "planned" }))).toEqual([]);
    expect(wrong(filled({ ...open, anaesthetics: [{ ...EMPTY_ANAESTHETIC }] }))).toEqual([
      "procedure.anaesthetic.0.drug",
      "procedure.steroid",
    ]);
    const half = [{ ...EMPTY_ANAESTHETIC, volume: "0.5" }];
    expect(wrong(filled({ ...open, anaesthetics: half, status: "planned" }))).toEqual(["procedure.anaesthetic.0.drug"]);
  });

  test("what ended a reading needs its kind, day and time, after T0 and not to come", () => {
    const events = (...list: EventDraft[]) => wrong(filled({ events: list, reason: "x" }), "correct");
    expect(events(EMPTY_EVENT)).toEqual(["events.0.kind", "events.0.at", "events.0.time"]);
    expect(events({ kind: "repeat", date: "2026-03-02", time: "" })).toEqual(["events.0.time"]);
    expect(events({ kind: "surgery", date: "2026-03-02", time: "10:39" })).toEqual(["events.0.at"]);
    expect(events({ kind: "surgery", date: "2026-03-02", time: "11:30" })).toEqual(["events.0.at"]);
    expect(events({ kind: "surgery", date: "2026-03-02", time: "10:55" })).toEqual([]);
  });

  test("the baseline is recorded before T0 and with a score", () => {
    expect(wrong(filled({ painTime: "10:50" }))).toEqual(["baseline.recorded_at"]);
    expect(wrong(filled({ pain: "" }))).toEqual(["baseline.pain"]);
  });

  test("numbers are checked where they stand and kept as typed", () => {
    const draft = filled({
      anaesthetics: [{ drug: "lidocaine", concentration: "x", volume: "0", adrenaline: false }],
      steroidDose: "-4",
      daily: { "2026-03-01": "11" },
      analgesics: [{ drug: "", perDay: "lots" }],
    });
    expect(wrong(draft)).toEqual([
      "procedure.anaesthetic.0.concentration_percent",
      "procedure.anaesthetic.0.volume_ml",
      "procedure.steroid.dose_mg",
      "baseline.daily.2026-03-01",
      "baseline.usual_analgesics.0.drug",
      "baseline.usual_analgesics.0.mg_per_day",
    ]);
    expect(draft.anaesthetics[0]?.concentration).toBe("x");
  });

  test("a correction needs its reason", () => {
    expect(wrong(filled(), "correct")).toEqual(["reason"]);
    expect(wrong(filled({ reason: "Read off the record" }), "correct")).toEqual([]);
  });

  test("decimals may be written with a comma", () => {
    expect(["0.5", " 0,5 ", "5"].map(decimal)).toEqual([0.5, 0.5, 5]);
    expect(["", "0.5.1", "1e3", "-1", "½"].every((text) => Number.isNaN(decimal(text)))).toBe(true);
  });

  test("each region offers its own roots", () => {
    expect(LEVELS.lumbar).toEqual(["L1", "L2", "L3", "L4", "L5"]);
    expect(LEVELS.cervical).toContain("C8");
  });
});

describe("the further record", () => {
  const FULL: Partial<Draft> = {
    furtherLevels: ["S1"],
    guidance: "ct",
    contrast: ["along_root"],
    anticoagulant: "paused",
    anticoagulantDrug: " apixaban ",
    diabetes: "insulin",
    allergic: "yes",
    allergies: "latex",
    complicated: "yes",
    complications: [{ code: "vasovagal", date: "", time: "10:45", note: "" }],
    questionnaires: [{ instrument: "odi", on: "2026-03-01", percent: "42,5" }],
  };

  test("goes out as it was typed, a complication on the day of the block", () => {
    const { episode } = enrolBody(filled(FULL));
    expect(episode.procedure).toMatchObject({ further_levels: ["S1"], guidance: "ct", contrast_spread: ["along_root"] });
    expect(episode.risks).toEqual({
      anticoagulant: "paused",
      anticoagulant_drug: "apixaban",
      diabetes: "insulin",
      allergic: true,
      allergies: "latex",
    });
    expect(episode.complications).toEqual([{ code: "vasovagal", at: "2026-03-02T10:45:00+01:00" }]);
    expect(episode.questionnaires).toEqual([{ instrument: "odi", on: "2026-03-01", percent: 42.5 }]);
  });

  test("comes back into the form as it went out", () => {
    const { episode } = enrolBody(filled(FULL));
    const { procedure, risks, complications, questionnaires } = episode;
    const again = draftOf({ ...detail(), zone: ZONE, procedure, risks, complications, questionnaires });
    expect(enrolBody({ ...again, patientId: "" }).episode).toMatchObject({ risks, complications, questionnaires });
    expect(again.furtherLevels).toEqual(["S1"]);
  });

  test("none is said, not left out; details without their answer are dropped", () => {
    const { episode } = enrolBody(filled({ ...FULL, complicated: "no", anticoagulant: "none", allergic: "no" }));
    expect(episode.complications).toEqual([]);
    expect(episode.risks).toEqual({ anticoagulant: "none", diabetes: "insulin", allergic: false });
  });

  test("what cannot be right is named where it stands", () => {
    expect(wrong(filled({ complicated: "yes" }))).toEqual(["complications"]);
    const rows: Partial<Draft> = {
      complicated: "yes",
      complications: [{ code: "", date: "", time: "", note: "" }],
      questionnaires: [
        { instrument: "ndi", on: "2026-03-03", percent: "10" },
        { instrument: "", on: "", percent: "101" },
      ],
    };
    expect(wrong(filled(rows))).toEqual([
      "complications.0.code",
      "questionnaires.0.on",
      "questionnaires.1.instrument",
      "questionnaires.1.on",
      "questionnaires.1.percent",
    ]);
  });
});

describe("what is sent", () => {
  test("refuses slips in the date of birth", () => {
    for (const bornOn of ["1899-12-31", "2199-01-01", "1960-02-30"]) expect(wrong(filled({ bornOn }))).toContain("patient.born_on");
    const { date } = filled({});
    const [year, month, day] = date.split("-").map(Number);
    const after = new Date(Date.UTC(year!, month! - 1, day! + 1)).toISOString().slice(0, 10);
    expect(validate(filled({ bornOn: after }), "enrol", new Date(`${after}T23:00:00Z`)).get("patient.born_on")).toContain("after the injection");
    expect(wrong(filled({ bornOn: date }))).not.toContain("patient.born_on");
  });

  test("the planned day goes with an injection that is still planned", () => {
    expect(enrolBody(filled({ status: "planned", plannedOn: "2026-03-09" })).episode.planned_on).toBe("2026-03-09");
    expect(enrolBody(filled({ plannedOn: "2026-03-09" })).episode.planned_on).toBeUndefined();
    expect(correctionBody(draftOf({ ...detail(), planned_on: "2026-03-02" }), 1).planned_on).toBe("2026-03-02");
    expect([...validate(filled({ status: "planned", plannedOn: "2026-02-30" }), "enrol", NOW).keys()]).toContain("planned_on");
  });

  test("the whole procedure record, in numbers and instants", () => {
    expect(enrolBody(filled({ sedation: "no", provoked: "yes", indication: "herniated_disc" }))).toEqual({
      patient: { name: "Marta Lindqvist", record_number: "SCN-1" },
      episode: {
        status: "performed",
        zone: ZONE,
        index_pain: { site: "leg", side: "left" },
        procedure: {
          performed_at: "2026-03-02T10:40:00+01:00",
          region: "lumbar",
          level: "L5",
          side: "left",
          indication: "herniated_disc",
          anaesthetic: [{ drug: "bupivacaine", concentration_percent: 0.5, volume_ml: 0.5, adrenaline: false }],
          steroid: { drug: "dexamethasone", dose_mg: 10 },
          sedation: false,
          concordant_pain_provoked: true,
        },
        protocol: "lumbar-steroid",
        risks: null,
        complications: null,
        questionnaires: null,
        baseline: { pain: 7, recorded_at: "2026-03-02T10:20:00+01:00" },
      },
    });
  });

  test("no steroid is null, an unknown one is left out", () => {
    expect(enrolBody(filled({ steroidGiven: "none" })).episode.procedure.steroid).toBeNull();
    expect(enrolBody(filled({ steroidGiven: "unknown" })).episode.procedure).not.toHaveProperty("steroid");
  });

  test("what was not recorded is left out, never sent as no", () => {
    const { procedure } = enrolBody(filled()).episode;
    for (const key of ["sedation", "concordant_pain_provoked", "provocable_before", "indication"])
      expect(procedure).not.toHaveProperty(key);
  });

  test("a planned block carries no T0 even when a time was typed before", () => {
    const { status, procedure } = enrolBody(filled({ status: "planned" })).episode;
    expect(status).toBe("planned");
    expect(procedure).not.toHaveProperty("performed_at");
  });

  test("drugs left open by a planned block are left out, and asked for again when it is done", () => {
    const draft = filled({ status: "planned", anaesthetics: [{ ...EMPTY_ANAESTHETIC }], steroidGiven: "" });
    const { procedure } = enrolBody(draft).episode;
    expect(procedure).not.toHaveProperty("anaesthetic");
    expect(procedure).not.toHaveProperty("steroid");
    const planned = { ...detail(), status: "planned" as const, performed_at: null, procedure };
    expect(draftOf(planned)).toMatchObject({ steroidGiven: "", anaesthetics: [{ drug: "" }] });
    const done = { ...detail(), procedure };
    expect(draftOf(done)).toMatchObject({ steroidGiven: "unknown", anaesthetics: [{ drug: "unknown" }] });
  });

  test("the index pain follows region and side until it is chosen", () => {
    expect(indexPainOf(filled({ region: "cervical", side: "bilateral" }))).toEqual({ site: "arm", side: "both" });
    expect(indexPainOf(filled({ painSite: "trunk", painSide: "right" }))).toEqual({ site: "trunk", side: "right" });
  });

  test("a correction sends the whole record again, so that nothing is lost from it", () => {
    const episode = detail();
    const body = correctionBody({ ...draftOf(episode), reason: "T0 corrected" }, episode.revision);
    expect(body.procedure).toEqual(episode.procedure);
    expect(body.baseline).toEqual(episode.baseline);
    expect(body.events).toEqual([{ kind: "repeat", at: "2026-02-20T09:00:00+01:00" }]);
    expect(body).toMatchObject({
      status: "performed",
      zone: ZONE,
      operator: "Dr Halvorsen",
      approach: null,
      index_pain: { site: "leg", side: "right" },
      reason: "T0 corrected",
      revision: 3,
    });
  });

  test("a corrected T0 moves no daily average to another day", () => {
    const draft = { ...draftOf(detail()), date: "2026-02-08", reason: "x" };
    expect(correctionBody(draft, 3).baseline.daily).toEqual(detail().baseline.daily);
    expect(dailyDates(draft)).toHaveLength(8);
  });
});

describe("where a refusal is shown", () => {
  const cases: [string, string][] = [
    ["/patient/record_number", "patient.record_number"],
    ["/episode/procedure/level", "procedure.level"],
    ["/procedure/performed_at", "procedure.performed_at"],
    ["/episode/procedure/anaesthetic/1/volume_ml", "procedure.anaesthetic.1.volume_ml"],
    ["/episode/procedure/anaesthetic/volume_ml", "procedure.anaesthetic.0.volume_ml"],
    ["/episode/procedure/anaesthetic", "procedure.anaesthetic.0.drug"],
    ["/episode/baseline/daily/1/average", "baseline.daily.2026-03-01"],
    ["/episode/index_pain/side", "index_pain"],
    ["/events/0/kind", "events.0.kind"],
    ["/events/1/at", "events.1.at"],
  ];
  test.each(cases)("%s stands at %s", (pointer, field) => {
    const draft = filled({ daily: { "2026-02-27": "5", "2026-02-28": "", "2026-03-01": "6" } });
    expect(fieldOfPointer(pointer, draft)).toBe(field);
  });
});

function detail(): EpisodeDetail {
  return {
    episode_id: "e1",
    patient: { patient_id: "p1", name: "Marta", record_number: "SCN-1", born_on: null },
    status: "performed",
    group: "stable",
    sign_state: "unsigned",
    follow_up_at: null,
    planned_on: null,
    performed_at: "2026-02-09T13:02:00Z",
    zone: ZONE,
    region: "lumbar",
    level: "L5",
    side: "left",
    index_pain: { site: "leg", side: "right" },
    verdict: null,
    flare: null,
    steroid: null,
    shape: null,
    confidence: null,
    headline: null,
    onset_day: null,
    last_entry_at: null,
    entries: 0,
    open_alerts: 0,
    highest_alert: null,
    device: "none",
    quarantined: 0,
    procedure: {
      performed_at: "2026-02-09T14:02:00+01:00",
      region: "lumbar",
      level: "L5",
      side: "left",
      anaesthetic: [{ drug: "lidocaine", concentration_percent: 2, volume_ml: 0.5 }],
      steroid: null,
    },
    baseline: {
      pain: 6,
      recorded_at: "2026-02-09T13:45:00+01:00",
      daily: [{ date: "2026-02-02", average: 5.5 }, { date: "2026-02-08", average: 6 }],
      usual_analgesics: [{ drug: "ibuprofen", mg_per_day: 1200 }],
    },
    operator: "Dr Halvorsen",
    approach: null,
    events: [{ kind: "repeat", at: "2026-02-20T08:00:00Z" }],
    revision: 3,
    other_episodes: [],
    invitation: null,
    devices: [],
    alerts: [],
    risks: null,
    complications: null,
    questionnaires: null,
    protocol: "snrb-default/1",
    options: {},
    revisions: [],
  };
}
