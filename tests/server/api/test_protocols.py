"""Protocols: versioned, kept by the episodes that run on them, heeded by phones and reminders."""

from __future__ import annotations

from typing import Any

from server.domain.protocol import TEMPLATES
from server.persistence.tables import PromptPlan
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, entry, procedure

OWN = {"offer_45": True, "evenings_before": True, "impressions": True, "remind_until_day": 365}
SHORT = {"offer_45": False, "evenings_before": False, "impressions": False, "remind_until_day": 28}


def change(
    clinic: Clinic, value: dict[str, Any], version: int = 0, template: str = "lumbar-diagnostic"
) -> Any:
    return clinic.client("admin").put(
        f"{CLINIC}/settings/protocols/{template}", json={"version": version, "value": value}, headers=HEADERS
    )


def test_there_is_one_for_each_region_with_and_without_a_steroid(clinic: Clinic):
    found = clinic.get("/protocols", "nurse").json["protocols"]
    assert [one["template"] for one in found] == list(TEMPLATES)
    assert all((one["version"], one["options"]) == (0, OWN) for one in found)


def test_an_episode_keeps_the_version_it_was_enrolled_with(clinic: Clinic):
    before = clinic.episode(protocol="lumbar-diagnostic")
    assert change(clinic, SHORT).status_code == 200
    after = clinic.episode(protocol="lumbar-diagnostic")
    assert change(clinic, OWN, version=1).json["version"] == 2
    told = [clinic.get(f"/episodes/{id_}").json for id_ in (before, after)]
    assert [one["protocol"] for one in told] == ["lumbar-diagnostic/0", "lumbar-diagnostic/1"]
    assert [one["options"] for one in told] == [OWN, SHORT]
    without = clinic.get(f"/episodes/{clinic.episode()}").json
    assert (without["protocol"], without["options"]) == ("snrb-default/1", {})


def test_the_phone_learns_what_is_offered_and_not_what_was_given(clinic: Clinic):
    change(clinic, SHORT, template="lumbar-steroid")
    phone = clinic.phone(clinic.episode(protocol="lumbar-steroid"))
    answer = phone.client.get(f"{PATIENT}/diary")
    (told,) = answer.json["episodes"]
    assert told["options"] == {"offer_45": False, "evenings_before": False, "impressions": False}
    assert "steroid" not in answer.text


def test_reminders_follow_what_is_offered(clinic: Clinic):
    change(clinic, SHORT)
    kept, whole = clinic.episode(protocol="lumbar-diagnostic"), clinic.episode()
    for episode_id in (kept, whole):
        phone = clinic.phone(episode_id)
        taken = [f"2026-03-02T{hour:02}:00:00+01:00" for hour in (9, 10, 11, 12)]
        assert phone.statuses(*(phone.put(entry(at, 3)) for at in taken))
    plans = {str(row["episode_id"]): row for row in store.of(clinic, PromptPlan)}
    assert plans[kept]["slot"] is not None
    assert plans[kept]["slot"] == plans[whole]["slot"], "the first hours are asked for in every protocol"


DRUGS = {
    "anaesthetic": [
        {"drug": "lidocaine", "concentration_percent": 2.0, "volume_ml": 0.5, "adrenaline": False},
        {"drug": "bupivacaine", "concentration_percent": 0.25, "volume_ml": 0.3, "adrenaline": False},
    ],
    "steroid": {"drug": "dexamethasone", "dose_mg": 10.0},
}


def test_what_is_usually_given_is_told_to_forms_and_written_into_no_record(clinic: Clinic):
    assert change(clinic, OWN | {"drugs": DRUGS}, template="lumbar-steroid").status_code == 200
    found = {one["template"]: one for one in clinic.get("/protocols", "nurse").json["protocols"]}
    assert found["lumbar-steroid"]["options"]["drugs"] == DRUGS
    assert found["lumbar-steroid"]["version"] == 1
    bare = {key: value for key, value in procedure().items() if key not in {"anaesthetic", "steroid"}}
    told = clinic.get(f"/episodes/{clinic.episode(protocol='lumbar-steroid', procedure=bare)}").json
    assert told["options"] == OWN
    assert not {"anaesthetic", "steroid"} & told["procedure"].keys()


def test_drugs_that_cannot_be_right_are_refused_where_they_stand(clinic: Clinic):
    answer = change(clinic, OWN | {"drugs": DRUGS})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/value/drugs/steroid")
    odd = DRUGS | {"steroid": None, "anaesthetic": [{"drug": "lidocaine", "volume_ml": 0}]}
    answer = change(clinic, OWN | {"drugs": odd})
    assert answer.json["errors"][0]["pointer"] == "/value/drugs/anaesthetic/0/volume_ml"
    assert change(clinic, OWN | {"drugs": DRUGS | {"steroid": None}}).status_code == 200


def test_a_form_on_an_older_version_and_an_odd_value_change_nothing(clinic: Clinic):
    assert change(clinic, SHORT).status_code == 200
    assert change(clinic, OWN).json["code"] == "conflict"
    assert change(clinic, SHORT | {"remind_until_day": 3}, version=1).status_code == 422
    assert change(clinic, SHORT, version=1, template="sacral-steroid").status_code == 405
