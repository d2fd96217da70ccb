"""The worklist: groups in the order of the day, filters, counts, and a word that tells of changes."""

from datetime import timedelta
from typing import Any

from tests.conftest import SettableClock
from tests.factories.world import CLINIC, HEADERS, Clinic, Phone, entry, procedure

HOURS = [("08:15", 2), ("08:30", 2), ("09:00", 3), ("10:00", 3)]
GROUPS = ("flags", "worse", "ready", "silent", "follow_up", "stable", "planned", "finished")


def wait(clinic: Clinic, clock: SettableClock, **span: float) -> None:
    clock.set(clock() + timedelta(**span))
    clinic.sign_in_again()


def send(phone: Phone, clock: SettableClock, *ops: dict[str, Any]) -> None:
    assert set(phone.statuses(*ops, client_time=clock().isoformat())) == {"stored"}


def relieved(phone: Phone) -> list[dict[str, Any]]:
    return [phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)) for at, pain in HOURS]


def search(clinic: Clinic, **form: Any) -> dict[str, Any]:
    answer = clinic.client().post(f"{CLINIC}/episodes/search", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def groups(clinic: Clinic) -> dict[str, str]:
    return {row["episode_id"]: row["group"] for row in search(clinic)["episodes"]}


def sign(clinic: Clinic, episode_id: str) -> None:
    at = f"{CLINIC}/episodes/{episode_id}/sign-off"
    seen = clinic.client().get(at).json
    form = {"version": seen["version"], "read_at": seen["read_at"], "conclusion": "undecided"}
    form["signed_number"] = seen["signed"] and seen["signed"]["number"]
    assert clinic.client().post(at, json=form, headers=HEADERS).status_code == 200


def test_episodes_move_through_the_groups(clinic: Clinic, clock: SettableClock):
    planned = clinic.episode(status="planned", procedure=procedure(None))
    cancelled = clinic.episode(status="cancelled", procedure=procedure(None))
    ready, flagged, running = (clinic.phone(clinic.episode()) for _ in range(3))
    flag = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]}
    wait(clinic, clock, hours=4)
    send(ready, clock, *relieved(ready))
    send(flagged, clock, flagged.put(flag, kind="flag_report"))
    send(running, clock, running.put())

    assert groups(clinic) == {
        planned: "planned",
        cancelled: "finished",
        ready.episode_id: "ready",
        flagged.episode_id: "flags",
        running.episode_id: "ready",  # too few scores are an answer too: the phase is over
    }
    sign(clinic, ready.episode_id)
    sign(clinic, running.episode_id)
    assert groups(clinic)[ready.episode_id] == "stable"
    wait(clinic, clock, days=2)
    assert groups(clinic)[ready.episode_id] == "silent"
    sign(clinic, ready.episode_id)
    assert groups(clinic)[ready.episode_id] == "stable", "the silence has been read"
    wait(clinic, clock, days=14)
    assert groups(clinic)[ready.episode_id] == "follow_up"
    (alert,) = clinic.get(f"/episodes/{flagged.episode_id}").json["alerts"]
    done = clinic.client().put(
        f"{CLINIC}/alerts/{alert['alert_id']}/outcome", json={"outcome": "advice_given"}, headers=HEADERS
    )
    assert done.status_code == 200
    assert groups(clinic)[flagged.episode_id] == "ready"


def test_the_list_runs_in_the_order_of_its_groups_and_counts_them(clinic: Clinic, clock: SettableClock):
    for status in ("cancelled", "planned"):
        clinic.episode(status=status, procedure=procedure(None))
    phones = [clinic.phone(clinic.episode()) for _ in range(3)]
    flag = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]}
    wait(clinic, clock, hours=4)
    send(phones[2], clock, phones[2].put(flag, kind="flag_report"))
    found = search(clinic)
    places = [GROUPS.index(row["group"]) for row in found["episodes"]]
    assert places == sorted(places)
    assert found["counts"] == {
        **dict.fromkeys(GROUPS, 0),
        **{name: len([p for p in places if GROUPS[p] == name]) for name in GROUPS},
    }
    one = search(clinic, group="planned")
    assert ([row["group"] for row in one["episodes"]], one["total"]) == (["planned"], 1)
    assert one["counts"] == found["counts"], "the other groups keep their counts"


def test_pages_join_without_a_gap_or_a_double(clinic: Clinic):
    made = {clinic.episode() for _ in range(7)}
    for sort in ("triage", "name", "newest", "last_entry"):
        seen = [
            row["episode_id"]
            for offset in range(0, 7, 3)
            for row in search(clinic, sort=sort, limit=3, offset=offset)["episodes"]
        ]
        assert (len(seen), set(seen)) == (7, made), sort


def test_filters_take_what_the_records_say(clinic: Clinic):
    one = clinic.episode(operator="Dr Weber")
    other = clinic.episode(
        operator="Dr Adler",
        procedure=procedure(
            level="S1", side="right", indication="spinal_stenosis", anaesthetic=[{"drug": "ropivacaine"}]
        ),
    )
    told = clinic.get("/episodes/choices").json
    assert told == {
        "level": ["L5", "S1"],
        "side": ["left", "right"],
        "operator": ["Dr Adler", "Dr Weber"],
        "agent": ["lidocaine", "ropivacaine"],
        "indication": ["lumbar_radiculopathy", "spinal_stenosis"],
    }
    for name, values in told.items():
        found = {v: [r["episode_id"] for r in search(clinic, **{name: v})["episodes"]] for v in values}
        assert sorted(map(len, found.values())) == [1, 1], name
        assert {ids[0] for ids in found.values()} == {one, other}
    assert search(clinic, level="S1", operator="Dr Weber")["total"] == 0
    assert search(clinic, sign_state="unsigned")["total"] == 2
    sign(clinic, one)
    assert [row["episode_id"] for row in search(clinic, sign_state="signed")["episodes"]] == [one]


def test_the_pulse_changes_with_everything_the_list_shows(clinic: Clinic, clock: SettableClock):
    def pulse() -> str:
        return str(clinic.get("/episodes/pulse").json["pulse"])

    seen = [pulse()]

    def moved() -> bool:
        seen.append(pulse())
        return seen[-1] not in seen[:-1]

    phone = clinic.phone(clinic.episode())
    assert moved(), "a new episode"
    assert not moved()
    wait(clinic, clock, hours=4)
    flag = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}]}
    send(phone, clock, phone.put(flag, kind="flag_report"))
    assert moved(), "a red flag"
    (alert,) = clinic.get(f"/episodes/{phone.episode_id}").json["alerts"]
    clinic.client().post(f"{CLINIC}/alerts/{alert['alert_id']}/acknowledge", json={}, headers=HEADERS)
    assert moved(), "an acknowledgement"
    sign(clinic, phone.episode_id)
    assert moved(), "a sign-off"
    wait(clinic, clock, days=2)
    assert moved(), "a diary fell silent"
    assert search(clinic)["pulse"] == pulse()
