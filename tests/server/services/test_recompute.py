"""Reading all episodes under another criteria set, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from server.config import Config
from server.domain.criteria import DEFAULT, find_criteria
from server.domain.difference import Change
from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, Episode, Reading
from server.services import review
from server.services.recompute import Report, in_words, recompute
from tests.conftest import SettableClock
from tests.factories.store import of
from tests.factories.world import Clinic, entry

YEOM = find_criteria("yeom-70")
# 4 of 7 points of relief: over the line of 50 %, under that of 70 %
RELIEF = [("08:15", 3), ("08:30", 3), ("09:00", 3), ("10:00", 3)]


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    return Clinic(app, clock())


def read_episode(clinic: Clinic, clock: SettableClock, scores=RELIEF) -> str:
    """An episode with scores in the diagnostic window, read when that is over."""
    clock.set(clock() + timedelta(hours=4))
    episode_id = clinic.episode()
    phone = clinic.phone(episode_id)
    ops = [phone.put(entry(f"2026-03-02T{at}:00+01:00", pain)) for at, pain in scores]
    assert set(phone.statuses(*ops, client_time=clock().isoformat())) == {"stored"}
    return episode_id


def run(clinic: Clinic, clock: SettableClock, criteria=YEOM, *, dry_run: bool = False) -> Report:
    with clinic.app.app_context():
        return recompute(criteria, clock(), dry_run=dry_run)


def readings(clinic: Clinic) -> dict[str, dict]:
    return {row["criteria"]: row for row in of(clinic, Reading)}


def test_a_stricter_set_is_stored_beside_the_one_in_force_and_its_differences_are_told(clinic, clock):
    episode_id = read_episode(clinic, clock)
    before = readings(clinic)["snrb-default/1"]

    report = run(clinic, clock)

    stored = readings(clinic)
    assert stored["snrb-default/1"] == before
    assert stored["yeom-70/1"]["verdict"] == "equivocal"
    assert stored["yeom-70/1"]["read_at"] == before["read_at"]
    assert (report.clinics, report.read, report.new, report.unreadable, report.failed) == (1, 1, 0, 0, [])
    assert report.changed[UUID(episode_id)][0] == Change("verdict", "positive", "equivocal")
    assert report.counts[0] == (Change("verdict", "positive", "equivocal"), 1)


def test_the_worklist_keeps_showing_the_set_in_force(clinic, clock):
    read_episode(clinic, clock)
    before = of(clinic, Episode)
    run(clinic, clock)
    assert of(clinic, Episode) == before
    assert before[0]["summary"]["verdict"] == "positive"


def test_a_dry_run_tells_the_same_and_stores_no_reading(clinic, clock):
    read_episode(clinic, clock)
    before = (of(clinic, Reading), of(clinic, Episode))

    told = run(clinic, clock, dry_run=True)

    assert (of(clinic, Reading), of(clinic, Episode)) == before
    assert told.changed == run(clinic, clock).changed


@pytest.mark.parametrize("dry_run", [True, False])
def test_every_episode_read_is_audited_without_a_value(clinic, clock, dry_run: bool):
    episode_id = read_episode(clinic, clock)
    run(clinic, clock, dry_run=dry_run)
    (event,) = [row for row in of(clinic, AuditEvent) if row["action"] == "reading.recompute"]
    assert (event["actor_kind"], event["target_id"]) == ("system", UUID(episode_id))
    assert event["detail"] == {"criteria": "yeom-70/1", "dry_run": dry_run}


def test_doing_it_again_changes_nothing(clinic, clock):
    read_episode(clinic, clock)
    first = run(clinic, clock)
    stored = of(clinic, Reading)
    clock.advance(days=3)
    assert run(clinic, clock).changed == first.changed
    assert of(clinic, Reading) == stored


def test_the_set_in_force_read_again_differs_in_nothing(clinic, clock):
    read_episode(clinic, clock)
    before = (of(clinic, Reading), of(clinic, Episode))
    clock.advance(days=30)
    report = run(clinic, clock, DEFAULT)
    assert (report.read, report.changed) == (1, {})
    assert (of(clinic, Reading), of(clinic, Episode)) == before


def test_a_reading_in_force_that_other_rules_made_is_brought_up_to_date(clinic, clock):
    episode_id = UUID(read_episode(clinic, clock))
    with clinic.app.app_context(), transaction(clinic.clinic_id) as session:
        kept = session.get_one(Reading, (clinic.clinic_id, episode_id, review.CRITERIA))
        kept.verdict = "negative"
        kept.body = kept.body | {"anaesthetic": kept.body["anaesthetic"] | {"verdict": "negative"}}
        episode = session.get_one(Episode, (clinic.clinic_id, episode_id))
        episode.summary = episode.summary | {"verdict": "negative"}

    report = run(clinic, clock, DEFAULT)

    assert report.changed == {episode_id: [Change("verdict", "negative", "positive")]}
    assert readings(clinic)["snrb-default/1"]["verdict"] == "positive"
    assert of(clinic, Episode)[0]["summary"]["verdict"] == "positive"


def test_all_clinics_are_read_and_none_sees_the_others(app, clinic, clock):
    other = Clinic(app, clock(), name="Other clinic")
    mine, theirs = read_episode(clinic, clock), read_episode(other, clock)
    report = run(clinic, clock)
    assert (report.clinics, set(report.changed)) == (2, {UUID(mine), UUID(theirs)})
    assert [row["episode_id"] for row in of(other, Reading)] == [UUID(theirs)] * 2


def test_episodes_are_paged_and_none_is_left_out(clinic, clock, monkeypatch):
    monkeypatch.setattr("server.services.recompute.PAGE", 2)
    made = {UUID(clinic.episode()) for _ in range(5)}
    report = run(clinic, clock)
    assert report.read == 5
    assert {row["episode_id"] for row in of(clinic, Reading) if row["criteria"] == "yeom-70/1"} == made


def test_an_episode_without_injection_or_baseline_is_counted_as_not_readable(clinic, clock):
    clinic.episode(baseline={"pain": None})
    report = run(clinic, clock)
    assert (report.read, report.unreadable) == (0, 1)
    assert of(clinic, Reading) == []


def test_an_episode_that_cannot_be_read_is_named_and_the_others_are_read(clinic, clock):
    broken, whole = UUID(read_episode(clinic, clock)), UUID(clinic.episode())
    with clinic.app.app_context(), transaction(clinic.clinic_id) as session:
        episode = session.get_one(Episode, (clinic.clinic_id, broken))
        procedure = episode.record["procedure"] | {"anaesthetic": [{"drug": "tetracaine"}]}
        episode.record = episode.record | {"procedure": procedure}
    report = run(clinic, clock)
    assert report.failed == [broken]
    assert {row["episode_id"] for row in of(clinic, Reading) if row["criteria"] == "yeom-70/1"} == {whole}


def test_the_report_in_words_holds_ids_and_codes_alone(clinic, clock):
    episode_id = read_episode(clinic, clock)
    lines = list(in_words(run(clinic, clock, dry_run=True)))
    assert lines == [
        "snrb-default/1 -> yeom-70/1 (dry run: nothing was stored)",
        "clinics: 1; episodes: 1 read (0 for the first time), 0 not readable yet, 0 failed, 1 changed",
        "       1  verdict positive -> equivocal",
        "       1  concordance concordant -> not_judged",
        f"{episode_id}  verdict positive -> equivocal; concordance concordant -> not_judged",
    ]
    assert "Ann Example" not in "\n".join(lines)


def command(config: Config, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "AFTERBLOCK_ENV": "test",
        "DATABASE_URL": config.database_url,
        "DATABASE_OWNER_URL": config.owner_database_url,
        "SECRET_KEY": config.secret_key,
    }
    return subprocess.run(
        [sys.executable, "-m", "server.cli", "recompute", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_the_report_and_stores_the_readings(clinic, clock, config):
    episode_id = read_episode(clinic, clock)

    dry = command(config, "--criteria", "yeom-70", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "dry run: nothing was stored" in dry.stdout
    assert set(readings(clinic)) == {"snrb-default/1"}

    real = command(config, "--criteria", "yeom-70/1")
    assert real.returncode == 0, real.stderr
    assert f"{episode_id}  verdict positive -> equivocal" in real.stdout
    assert set(readings(clinic)) == {"snrb-default/1", "yeom-70/1"}


def test_the_command_refuses_a_set_that_does_not_exist(config):
    refused = command(config, "--criteria", "yeom-71")
    assert refused.returncode == 2
    assert "there is no criteria set 'yeom-71'" in refused.stderr
