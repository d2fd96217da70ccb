"""Files that come in: looked at line by line, then stored whole or not at all, and never twice."""

from __future__ import annotations

import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from server.config import Config
from server.persistence.tables import AuditEvent, Entry, EntryRevision, Episode, Patient
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, Clinic
from tests.faults.process import ROOT, environment

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
EXAMPLES = ROOT / "docs" / "examples"
PROCEDURES = """\
record_number;name;born_on;t0_date;t0_time;region;level;side;anaesthetic;volume_ml;steroid;steroid_dose_mg;baseline_pain
P-1;Ada Müller;1970-01-31;2026-03-02;09:00;lumbar;L5;left;lidocaine;0,5;dexamethasone;10;7
P-2;Bo Li;;2026-03-03;10:15;cervical;C6;right;bupivacaine;0,5;none;;6
P-1;;;2026-03-10;09:00;lumbar;S1;left;lidocaine;0,5;;;5
"""
DIARY = """\
record_number,procedure_date,taken_local,scale,pain,nausea
P-1,2026-03-02,2026-03-02T09:15:00,now,2,x
P-1,2026-03-02,2026-03-02T09:30:00,now,1,
P-1,2026-03-02,2026-03-03T20:00:00,average_24h,4,
P-2,,2026-03-03T10:45:00,now,3,
"""


@pytest.fixture
def clinic(app: Flask, clock: SettableClock) -> Clinic:
    clock.set(NOW)
    return Clinic(app, NOW)


def send(clinic: Clinic, kind: str, text: str | bytes, role: str = "admin", **more: Any) -> dict[str, Any]:
    raw = text.encode() if isinstance(text, str) else text
    form = {"kind": kind, "content": b64encode(raw).decode()} | more
    answer = clinic.client(role).post(f"{CLINIC}/imports", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def take_in(clinic: Clinic, kind: str, text: str | bytes, **more: Any) -> dict[str, Any]:
    report = send(clinic, kind, text, **more)
    return send(clinic, kind, text, confirmed=report["digest"], **more)


def errors(report: dict[str, Any]) -> list[tuple[int, str | None, str]]:
    return [(one["line"], one["column"], one["code"]) for one in report["problems"] if one["error"]]


def test_a_look_at_a_file_stores_nothing(clinic: Clinic):
    report = send(clinic, "procedures", PROCEDURES)
    assert errors(report) == []
    assert (report["stored"], report["lines"]) == (False, 3)
    assert report["counts"] == {"patients": 2, "new": 3, "unchanged": 0}
    assert store.of(clinic, Patient) == store.of(clinic, Episode) == []


@pytest.mark.parametrize("born", ["1899-12-31", "2026-03-03", "2026-03-21"])
def test_nobody_is_born_before_1900_after_the_injection_or_tomorrow(clinic: Clinic, born: str):
    report = send(clinic, "procedures", PROCEDURES.replace("1970-01-31", born))
    assert errors(report)[0] == (2, "born_on", "not-a-birth")


def test_patients_procedures_and_paper_diaries_come_in_and_are_read(clinic: Clinic):
    assert take_in(clinic, "procedures", PROCEDURES)["stored"]
    stored = take_in(clinic, "diary", DIARY)
    assert stored["counts"] == {"diaries": 2, "new": 4, "unchanged": 0}
    rows = clinic.get("/episodes?limit=10").json["episodes"]
    first = next(row for row in rows if row["level"] == "L5")
    assert (first["patient"]["name"], first["entries"], first["performed_at"]) == (
        "Ada Müller", 3, "2026-03-02T09:00:00+01:00",
    )  # fmt: skip
    assert clinic.get(f"/episodes/{first['episode_id']}/reading").json["reading"]["anaesthetic"]["verdict"]
    entries = clinic.get(f"/episodes/{first['episode_id']}/entries").json["entries"]
    assert {(entry["head"]["source"], *entry["flags"]) for entry in entries} == {("import", "imported")}
    detail = clinic.get(f"/episodes/{first['episode_id']}").json
    assert detail["revisions"][0]["reason"] == "Imported from a file"
    assert {row["source"] for row in store.of(clinic, EntryRevision)} == {"import"}
    actions = [row["action"] for row in store.of(clinic, AuditEvent)]
    assert actions.count("entry.import") == 2
    assert actions.count("import.store") == 2


def test_the_same_file_twice_changes_nothing(clinic: Clinic):
    for kind, text in (("procedures", PROCEDURES), ("diary", DIARY)):
        take_in(clinic, kind, text)
        before = [store.of(clinic, table) for table in (Patient, Episode, Entry, EntryRevision)]
        again = take_in(clinic, kind, text)
        assert again["counts"]["new"] == 0
        assert again["counts"]["unchanged"] == again["lines"]
        assert [store.of(clinic, table) for table in (Patient, Episode, Entry, EntryRevision)] == before


def test_one_bad_line_keeps_the_whole_file_out(clinic: Clinic):
    bad = PROCEDURES + "P-3;Cy;;2026-03-29;02:30;lumbar;L4;up;lidocaine;0,5;;;12\n"
    report = send(clinic, "procedures", bad)
    assert errors(report) == [(5, "t0_time", "time-skipped"), (5, "side", "unknown-code")]
    assert not take_in(clinic, "procedures", bad)["stored"]
    assert store.of(clinic, Patient) == []
    bad = PROCEDURES + "P-3;Cy;;2026-03-12;02:30;lumbar;L4;left;lidocaine;0,5;;;12\n"
    assert errors(send(clinic, "procedures", bad)) == [(5, "baseline_pain", "invalid")]


def test_what_is_stored_is_what_the_report_was_about(clinic: Clinic):
    digest = send(clinic, "procedures", PROCEDURES)["digest"]
    form = {"kind": "procedures", "content": b64encode(b"record_number\n1\n").decode(), "confirmed": digest}
    answer = clinic.client("admin").post(f"{CLINIC}/imports", json=form, headers=HEADERS)
    assert (answer.status_code, answer.json["code"]) == (409, "other-file")


def test_lines_at_odds_with_what_is_here_are_named(clinic: Clinic):
    take_in(clinic, "procedures", PROCEDURES)
    take_in(clinic, "diary", DIARY)
    changed = PROCEDURES.replace("dexamethasone;10", "dexamethasone;8").replace("Bo Li", "Bo Lee")
    assert errors(send(clinic, "procedures", changed)) == [
        (2, None, "exists-differently"),
        (3, "name", "other-name"),
    ]
    diary = DIARY.replace("now,1,", "now,9,") + (
        "P-1,,2026-03-04T10:00:00,now,3,\n"
        "P-1,2026-03-05,2026-03-05T10:00:00,now,3,\n"
        "P-9,,2026-03-04T10:00:00,now,3,\n"
        "P-2,,2026-04-04T10:00:00,now,3,\n"
        "P-2,,2026-03-04T10:00:00,now,13,\n"
        "P-2,,2026-03-04T11:00:00,now,3.5,\n"
    )
    assert errors(send(clinic, "diary", diary)) == [
        (3, None, "exists-differently"),
        (6, "procedure_date", "which-injection"),
        (7, "procedure_date", "no-such-injection"),
        (8, "record_number", "unknown-patient"),
        (9, "taken_local", "in-future"),
        (10, "pain", "invalid"),
        (11, "pain", "invalid"),
    ]


def test_a_correction_by_staff_stays_when_the_file_comes_again(clinic: Clinic):
    take_in(clinic, "procedures", PROCEDURES)
    row = next(row for row in clinic.get("/episodes?limit=10").json["episodes"] if row["level"] == "S1")
    detail = clinic.get(f"/episodes/{row['episode_id']}").json
    form = {key: detail[key] for key in ("status", "procedure", "baseline", "operator")} | {
        "operator": "Dr Weber", "reason": "found on paper", "revision": 1,
    }  # fmt: skip
    answer = clinic.client().put(f"{CLINIC}/episodes/{row['episode_id']}", json=form, headers=HEADERS)
    assert answer.status_code == 200, answer.text
    assert take_in(clinic, "procedures", PROCEDURES)["counts"]["unchanged"] == 3
    assert clinic.get(f"/episodes/{row['episode_id']}").json["operator"] == "Dr Weber"


def test_a_mapping_with_unknown_columns_is_refused_and_missing_ones_are_told(clinic: Clinic):
    form = {"kind": "diary", "content": "YQ==", "mapping": {"columns": {"schmerz": "x"}}}
    answer = clinic.client("admin").post(f"{CLINIC}/imports", json=form, headers=HEADERS)
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "unknown-column")
    report = send(clinic, "diary", DIARY, mapping={"columns": {"pain": "Schmerz"}})
    assert (1, "Schmerz", "column-missing") in errors(report)


def test_a_column_that_is_missing_is_told_once(clinic: Clinic):
    report = send(clinic, "procedures", "record_number,region,side\n1,lumbar,left\n2,lumbar,left\n")
    assert errors(report) == [(1, "level", "column-missing")]
    report = send(clinic, "diary", "Nr,pain\n1,3\n", mapping={"columns": {"record_number": "Nr"}})
    assert errors(report) == [(1, "taken_local", "column-missing")]
    assert "“taken_local” or “taken_date” or “taken_utc”" in report["problems"][0]["sentence"]


def test_another_clinics_patients_are_not_found(app: Flask, clinic: Clinic):
    take_in(clinic, "procedures", PROCEDURES)
    report = send(Clinic(app, NOW, "Other"), "diary", DIARY)
    assert {code for _, _, code in errors(report)} == {"unknown-patient"}


def test_the_documented_examples_come_in_by_the_command_line(clinic: Clinic, config: Config, tmp_path: Path):
    clinic.client("admin")
    common = ["--clinic", str(clinic.clinic_id), "--by", clinic.email("admin")]

    def take(kind: str, name: str, *more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "server.cli", "import", kind, str(EXAMPLES / name), *common, *more],
            cwd=ROOT,
            env=environment(config, tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )

    looked = take("procedures", "procedures.csv")
    assert (looked.returncode, looked.stdout.splitlines()[-1]) == (0, "Nothing was stored.")
    mapping = ["--mapping", str(EXAMPLES / "paper-diary.mapping.json")]
    for kind, name, more in (
        ("procedures", "procedures.csv", []),
        ("diary", "paper-diary.csv", mapping),
    ):
        stored = take(kind, name, *more, "--store")
        assert (stored.returncode, stored.stdout.splitlines()[-1]) == (0, "Stored."), stored.stderr
    assert len(store.of(clinic, Entry)) == 8
    broken = take("diary", "procedures.csv")
    assert broken.returncode == 1
    assert "error  line 1, pain: The file has no column" in broken.stdout
