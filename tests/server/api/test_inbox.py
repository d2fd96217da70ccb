"""The staff inbox: what could not be taken is kept, looked at, put right or dismissed, and never deleted."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from server.persistence.tables import Alert, AlertEvent, AuditEvent, EntryRevision, InboxDecision, Quarantine
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, Clinic, Phone, entry


def items(clinic: Clinic) -> list[dict[str, Any]]:
    found = clinic.get("/inbox").json
    assert found["open"] == len(found["items"]) == clinic.get("/inbox/count").json["open"]
    return list(found["items"])


def decide(clinic: Clinic, path: str, role: str = "nurse", **form: Any) -> Any:
    return clinic.client(role).post(f"{CLINIC}/inbox/{path}", json=form, headers=HEADERS)


def unreadable(phone: Phone) -> dict[str, Any]:
    """A score nobody can mean, with a note worth keeping."""
    return phone.put(entry(pain=12, note="after the stairs"))


def test_a_quarantined_record_is_put_right_and_read(clinic: Clinic, phone: Phone):
    bad = unreadable(phone)
    assert phone.statuses(bad) == ["quarantined"]
    (item,) = items(clinic)
    assert (item["kind"], item["patient"]["name"], item["root"]) == ("quarantined", "Ann Example", "L5 left")
    at = f"records/{item['item_id']}"
    seen = clinic.get(f"/inbox/{at}").json
    assert json.loads(seen["raw"]) == bad
    assert seen["episodes"] == [phone.episode_id]

    still = decide(clinic, at, outcome="corrected", reason="typing", body={"pain": 11})
    assert (still.status_code, still.json["errors"][0]["pointer"]) == (422, "/body/pain")
    assert still.json["detail"] == "What stands under “pain” still cannot be read. Correct it."
    assert store.of(clinic, InboxDecision) == []
    done = decide(clinic, at, outcome="corrected", reason="She meant 2; called.", body={"pain": 2})
    assert done.status_code == 204

    assert items(clinic) == []
    (row,) = store.of(clinic, EntryRevision)
    assert (row["source"], row["body"]["pain"], row["body"]["note"]) == ("staff", 2, "after the stairs")
    assert str(row["entry_id"]) == bad["entry_id"]
    (kept,) = store.of(clinic, Quarantine)
    assert json.loads(kept["raw"]) == bad, "the record stays as it came"
    (decision,) = store.of(clinic, InboxDecision)
    assert (decision["reason"], decision["revision_id"]) == ("She meant 2; called.", row["id"])
    shown = clinic.get(f"/episodes/{phone.episode_id}/entries").json
    assert ([one["head"]["body"]["pain"] for one in shown["entries"]], shown["quarantine"]) == ([2], [])
    assert clinic.get(f"/episodes/{phone.episode_id}").json["quarantined"] == 0
    again = decide(clinic, at, outcome="dismissed", reason="twice")
    assert (again.status_code, again.json["code"]) == (409, "already-decided")
    actions = [one["action"] for one in store.of(clinic, AuditEvent)]
    assert [actions.count(name) for name in ("inbox.view", "inbox.corrected", "entry.write")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"pain": 3, "taken_at": "2030-01-01T00:00:00+01:00"}, "/body/taken_at"),
        ({"pain": 3, "recorded_at": "2030-01-01T00:00:00+01:00"}, "/body/recorded_at"),
        (
            {"pain": 3, "analgesics": [{"drug": "ibuprofen", "taken_at": "2030-01-01T00:00:00+01:00"}]},
            "/body/analgesics",
        ),
    ],
)
def test_a_correction_cannot_lie_in_the_future(
    clinic: Clinic, phone: Phone, body: dict[str, Any], pointer: str
):
    phone.statuses(unreadable(phone))
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    answer = decide(clinic, at, outcome="corrected", reason="r", body=body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert "lies in the future" in answer.json["detail"]
    assert store.of(clinic, EntryRevision) == []


@pytest.mark.parametrize(
    ("extra", "named"),
    [
        ({"evil": "x" * 9000}, "evil"),
        ({"__proto__": {"a": 1}}, "__proto__"),
        ({"side_effects": [{"code": "nausea", "severity": "mild", "hidden": 1}]}, "hidden"),
        ({"note": "after\x00 the stairs"}, "Control characters"),
        ({"analgesics": [{"drug": "ibu\x1bprofen"}]}, "Control characters"),
    ],
)
def test_a_correction_takes_known_fields_and_plain_text_only(
    clinic: Clinic, phone: Phone, extra: dict[str, Any], named: str
):
    phone.statuses(unreadable(phone))
    (item,) = items(clinic)
    answer = decide(
        clinic, f"records/{item['item_id']}", outcome="corrected", reason="r", body={"pain": 2} | extra
    )
    assert (answer.status_code, named in answer.json["detail"]) == (422, True), answer.json
    assert store.of(clinic, EntryRevision) == []


def test_what_a_phone_added_of_its_own_stays_in_a_corrected_record(clinic: Clinic, phone: Phone):
    phone.statuses(phone.put(entry(pain=12, newer={"app": 2})))
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    changed = decide(clinic, at, outcome="corrected", reason="r", body={"pain": 2, "newer": {"app": 3}})
    assert changed.status_code == 422
    assert decide(clinic, at, outcome="corrected", reason="r", body={"pain": 2}).status_code == 204
    (row,) = store.of(clinic, EntryRevision)
    assert row["body"]["newer"] == {"app": 2}


def test_a_corrected_report_takes_the_answers_of_the_table_only(clinic: Clinic, phone: Phone):
    bad = flag_report({"code": "Infection", "temperature_c": 38.6})
    phone.statuses(phone.put(bad, kind="flag_report"))
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    told = {"code": "infection", "temperature_c": 38.6, "alarm_signs": False}
    answer = decide(
        clinic, at, outcome="corrected", reason="r", body={"reports": [told | {"evil": "x" * 9000}]}
    )
    assert (answer.status_code, "evil" in answer.json["detail"]) == (422, True)
    assert decide(clinic, at, outcome="corrected", reason="r", body={"reports": [told]}).status_code == 204


def test_a_rejected_record_is_kept_once_and_dismissed_with_a_reason(clinic: Clinic, phone: Phone):
    good = phone.put()
    phone.statuses(good)
    reused = good | {"body": entry(pain=9)}
    for _ in range(2):
        assert phone.statuses(reused) == ["rejected"]
    (item,) = items(clinic)
    assert (item["kind"], item["code"]) == ("rejected", "rev-id-reused")
    at = f"records/{item['item_id']}"
    assert json.loads(clinic.get(f"/inbox/{at}").json["raw"])["body"]["pain"] == 9
    assert decide(clinic, at, outcome="dismissed", reason="A test of the phone.").status_code == 204
    assert items(clinic) == []
    assert phone.statuses(reused) == ["rejected"]
    assert items(clinic) == [], "a decision holds when it is sent again"


def test_a_record_that_names_no_known_injection_needs_one(clinic: Clinic, phone: Phone):
    lost = phone.put(episode_id="00000000-0000-4000-8000-000000000000")
    assert phone.statuses(lost) == ["rejected"]
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    form = {"outcome": "corrected", "reason": "the left leg", "body": {}}
    assert decide(clinic, at, **form).status_code == 422
    foreign = clinic.episode()
    assert decide(clinic, at, **form, episode_id=foreign).status_code == 404, "another patient's"
    assert decide(clinic, at, **form, episode_id=phone.episode_id).status_code == 204
    (row,) = store.of(clinic, EntryRevision)
    assert str(row["episode_id"]) == phone.episode_id


def flag_report(*reports: Any, **changes: Any) -> dict[str, Any]:
    return {"taken_at": "2026-03-02T09:00:00+01:00", "reports": list(reports)} | changes


def raised(clinic: Clinic) -> list[tuple[Any, ...]]:
    keys = ("kind", "level", "opened_at", "due_at", "escalate_at", "recheck_at", "events", "reports")
    return [tuple(row[key] for key in keys) for row in store.of(clinic, Alert)]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"code": "saddle_bladder_bowel"}, {"code": "cauda equina"}),
        ({"code": "infection", "temperature_c": 38.6}, {"code": "Infection", "temperature_c": 38.6}),
    ],
)
def test_a_corrected_report_raises_its_alert_as_a_well_formed_one_from_receipt(
    app: Flask, clinic: Clinic, phone: Phone, clock: SettableClock, good: dict[str, Any], bad: dict[str, Any]
):
    received = clock()
    other = Clinic(app, received, "Other")
    model = other.phone(other.episode())
    assert model.statuses(model.put(flag_report(good), kind="flag_report")) == ["stored"]
    assert phone.statuses(phone.put(flag_report(bad), kind="flag_report")) == ["quarantined"]
    assert raised(clinic) == []
    (item,) = items(clinic)

    clock.set(received + timedelta(minutes=12))
    form = {"outcome": "corrected", "reason": "Called her.", "body": {"reports": [good]}}
    assert decide(clinic, f"records/{item['item_id']}", **form).status_code == 204

    assert raised(clinic) == raised(other) != []
    (alert,) = store.of(clinic, Alert)
    (row,) = store.of(clinic, EntryRevision)
    assert (row["kind"], row["source"], alert["entry_id"]) == ("flag_report", "staff", row["entry_id"])
    told = store.of(clinic, AlertEvent)
    assert [(one["kind"], one["at"]) for one in told] == [("raised", clock())], "the history says when"


def test_a_flag_in_a_corrected_entry_is_told_too(clinic: Clinic, phone: Phone, clock: SettableClock):
    clock.set(clock() + timedelta(hours=10))
    clinic.sign_in_again()
    weak = entry("2026-03-02T18:00:00+01:00", 12, weak=True)
    phone.statuses(phone.put(weak), client_time="2026-03-02T18:00:00+01:00")
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    assert decide(clinic, at, outcome="corrected", reason="a slip", body={"pain": 2}).status_code == 204
    assert [row["kind"] for row in store.of(clinic, Alert)] != []


def test_a_corrected_impression_is_one_of_staff(clinic: Clinic, phone: Phone):
    bad = phone.put(
        {"taken_at": "2026-03-02T09:00:00+01:00", "change": 9, "slot": "pgic14"}, kind="impression"
    )
    assert phone.statuses(bad) == ["quarantined"]
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    still = decide(clinic, at, outcome="corrected", reason="r", body={"change": 0})
    assert (still.status_code, still.json["errors"][0]["pointer"]) == (422, "/body/change")
    form = {"outcome": "corrected", "reason": "much improved", "body": {"change": 2}}
    assert decide(clinic, at, **form).status_code == 204
    (row,) = store.of(clinic, EntryRevision)
    assert (row["kind"], row["source"], row["body"]["change"]) == ("impression", "staff", 2)
    assert row["body"]["slot"] == "pgic14"
    assert items(clinic) == []


def test_a_record_of_no_known_kind_is_put_right_once_staff_say_what_it_is(clinic: Clinic, phone: Phone):
    assert phone.statuses(phone.put(flag_report({"code": "infection"}), kind="flags")) == ["quarantined"]
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    form: dict[str, Any] = {"outcome": "corrected", "reason": "a report", "body": {}}
    answer = decide(clinic, at, **form)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/kind")
    assert decide(clinic, at, **form, kind="flag_event").status_code == 422
    assert decide(clinic, at, **form, kind="flag_report").status_code == 204
    assert [row["kind"] for row in store.of(clinic, Alert)] == ["infection"]


def competing(phone: Phone) -> dict[str, Any]:
    first = phone.put()
    phone.statuses(first)
    edits = [phone.edit(first, entry(pain=pain)) for pain in (4, 6)]
    assert phone.statuses(*edits) == ["stored", "stored_conflict"]
    return first


def test_competing_versions_are_settled_and_open_again_with_a_newer_one(clinic: Clinic, phone: Phone):
    first = competing(phone)
    (item,) = items(clinic)
    assert (item["kind"], item["item_id"]) == ("conflict", first["entry_id"])
    at = f"conflicts/{first['entry_id']}"
    seen = clinic.get(f"/inbox/{at}").json["versions"]
    assert sorted(one["body"]["pain"] for one in seen) == [2, 4, 6]
    assert [one["counts"] for one in seen].count(True) == 1
    body = next(one["body"] for one in seen if one["body"]["pain"] == 4)
    for wrong in ({"evil": 1}, {"note": "\x00"}, {"taken_at": "2030-01-01T00:00:00+01:00"}):
        refused = decide(clinic, at, outcome="corrected", reason="Two phones", body=body | wrong)
        assert refused.status_code == 422
    assert (
        decide(clinic, at, outcome="corrected", reason="Two phones; 4 is right.", body=body).status_code
        == 204
    )
    assert items(clinic) == []
    shown = clinic.get(f"/episodes/{phone.episode_id}/entries").json["entries"]
    assert [one["head"]["body"]["pain"] for one in shown] == [4]
    assert len(shown[0]["revisions"]) == 4
    assert phone.statuses(phone.edit(first, entry(pain=7))) == ["stored_conflict"]
    assert [one["kind"] for one in items(clinic)] == ["conflict"]
    assert decide(clinic, at, outcome="dismissed", reason="Seen.").status_code == 204
    assert items(clinic) == []


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_only_those_who_treat_decide(clinic: Clinic, phone: Phone, clock: SettableClock, role: str):
    phone.statuses(unreadable(phone))
    (item,) = items(clinic)
    answer = decide(clinic, f"records/{item['item_id']}", role, outcome="dismissed", reason="r")
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


def test_a_decision_needs_a_reason_and_a_correction_its_body(clinic: Clinic, phone: Phone):
    phone.statuses(unreadable(phone))
    (item,) = items(clinic)
    at = f"records/{item['item_id']}"
    assert decide(clinic, at, outcome="dismissed", reason=" ").status_code == 422
    assert decide(clinic, at, outcome="corrected", reason="r").status_code == 422
