"""What the episode page asks for: numbers that open, and other lines that are tried and kept nowhere."""

from datetime import timedelta
from typing import Any

from server.persistence.tables import Reading
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import Clinic, Phone, entry

# 4 of 7 points of relief: over the line of 50 %, under that of 70 %
HOURS = [("08:15", 3), ("08:30", 3), ("09:00", 3), ("10:00", 3)]


def page(clinic: Clinic, phone: Phone, query: str = "") -> dict[str, Any]:
    answer = clinic.get(f"/episodes/{phone.episode_id}/reading{query}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_another_line_moves_the_verdict_on_the_page_and_nowhere_else(
    clinic: Clinic, phone: Phone, clock: SettableClock
):
    clock.set(clock() + timedelta(hours=4))
    clinic.sign_in_again()
    ops = [phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)) for at, pain in HOURS]
    assert set(phone.statuses(*ops, client_time=clock().isoformat())) == {"stored"}
    stored = store.of(clinic, Reading)

    usual = page(clinic, phone)
    assert (usual["what_if"], usual["reading"]["anaesthetic"]["verdict"]) == (False, "positive")
    assert [(one["line"], one["verdict"]) for one in usual["lines"]] == [
        (50, "positive"),
        (70, "equivocal"),
        (75, "equivocal"),
        (80, "equivocal"),
        (100, "equivocal"),
    ]
    assert all(one["source"] for one in usual["lines"])
    opened = {one["key"]: one for one in usual["figures"]}
    known = {op["entry_id"] for op in ops}
    assert set(opened["confirmed_relief"]["entries"]) <= known
    assert opened["confirmed_relief"]["value"] == "57.1 %"

    tried = page(clinic, phone, "?criteria=yeom-70/1")
    assert (tried["what_if"], tried["reading"]["criteria"]) == (True, "yeom-70/1")
    assert tried["reading"]["anaesthetic"]["verdict"] == "equivocal"
    assert "Neither supports nor argues against" in tried["caution"]
    chart = f"/episodes/{phone.episode_id}/chart.svg"
    assert clinic.get(f"{chart}?criteria=yeom-70/1").text != clinic.get(chart).text
    assert store.of(clinic, Reading) == stored
    assert page(clinic, phone) == usual
    refused = clinic.get(f"/episodes/{phone.episode_id}/reading?criteria=made-up/1")
    assert refused.status_code == 422
