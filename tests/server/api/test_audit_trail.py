"""The audit trail as it is read: by person, patient, action and day, in pages and as a file."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, Clinic, sign_in


def trail(clinic: Clinic, role: str = "auditor", **filters: Any) -> Any:
    return clinic.client(role).post(f"{CLINIC}/audit", json=filters, headers=HEADERS)


def actions(clinic: Clinic, **filters: Any) -> list[str]:
    return [row["action"] for row in trail(clinic, **filters).json["rows"]]


def test_the_newest_row_comes_first_and_names_who_did_what(clinic: Clinic):
    episode_id = clinic.episode(record_number="4711")
    clinic.get(f"/episodes/{episode_id}")
    row = next(row for row in trail(clinic).json["rows"] if row["action"] == "episode.view")
    assert (row["actor"], row["target_kind"], row["target_id"]) == (
        "Physician of Clinic",
        "episode",
        episode_id,
    )
    assert "Ann Example" not in str(row), "ids, counts and codes only"


def test_one_patients_trail_holds_lists_phones_and_alerts_and_nobody_elses(clinic: Clinic):
    episode_id, other = clinic.episode(record_number="4711"), clinic.episode(record_number="4712")
    phone = clinic.phone(episode_id)
    phone.sync(phone.put())
    clinic.get("/episodes")
    clinic.get(f"/episodes/{other}/entries")
    found = actions(clinic, record_number="4711")
    assert {"patient.create", "episode.create", "enrolment.redeem", "diary.sync", "episodes.list"} <= set(
        found
    )
    assert "entries.view" not in found
    unknown = trail(clinic, record_number="none")
    assert (unknown.status_code, unknown.json["code"]) == (404, "unknown-patient")


def test_person_action_and_days_narrow_it_down(clinic: Clinic, clock: SettableClock):
    clinic.episode()
    first = clock()
    clock.set(first + timedelta(days=2))
    sign_in(clinic.client(), clinic.email("physician"))
    clinic.get("/episodes")
    page = trail(clinic, action="episodes.list").json
    assert {row["action"] for row in page["rows"]} == {"episodes.list"}
    assert "episode.create" in page["actions"]
    someone = next(one for one in page["people"] if one["name"] == "Physician of Clinic")
    by = trail(clinic, actor_id=someone["clinician_id"]).json["rows"]
    assert {row["actor"] for row in by} == {"Physician of Clinic"}
    day = first.date().isoformat()
    assert "episodes.list" not in actions(clinic, since=day, until=day)
    assert "episode.create" in actions(clinic, since=day, until=day)


def test_pages_follow_one_another_without_gap_or_repetition(clinic: Clinic):
    for _ in range(5):
        clinic.get("/episodes")
    whole = [row["id"] for row in trail(clinic, action="episodes.list").json["rows"]]
    paged: list[str] = []
    after = None
    while True:
        page = trail(clinic, action="episodes.list", limit=2, after=after).json
        paged += [row["id"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert paged == whole
    assert len(paged) == 5
    for odd in ("yesterday", f"2026-99-99T00:00:00+00:00/{whole[0]}", "2026-03-02T08:00:00+00:00/x"):
        assert trail(clinic, after=odd).status_code == 422
    for day in ("0001-01-01", "9999-12-31"):
        assert trail(clinic, since=day).status_code == trail(clinic, until=day).status_code == 422


def test_the_file_holds_every_row_and_reading_is_audited_too(clinic: Clinic):
    clinic.episode(record_number="4711")
    answer = clinic.client("auditor").post(f"{CLINIC}/audit/table.csv", json={}, headers=HEADERS)
    assert answer.status_code == 200
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert {"episode.create", "patient.create"} <= {row["action"] for row in rows}
    assert rows == sorted(rows, key=lambda row: row["at_utc"], reverse=True)
    trail(clinic, record_number="4711")
    assert {"audit.export", "audit.view"} <= set(actions(clinic))


def test_only_those_who_oversee_read_it(clinic: Clinic):
    answers = {role: trail(clinic, role).status_code for role in ("admin", "auditor", "physician", "nurse")}
    assert answers == {"admin": 200, "auditor": 200, "physician": 403, "nurse": 403}
