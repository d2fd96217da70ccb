"""The `afterblock` command as an operator runs it: real processes, plain sentences, honest exit codes."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server.config import Config
from server.persistence import migrate
from tests.builders import diary
from tests.faults.process import ROOT, environment


@pytest.fixture
def run(config: Config, tmp_path: Path):
    def afterblock(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "server.cli", *arguments],
            cwd=ROOT,
            env=environment(config, tmp_path) | changes,
            capture_output=True,
            text=True,
            check=False,
        )

    return afterblock


CLINIC = ["--name", "Praxis", "--phone", "+49 30 1", "--emergency-number", "112", "--zone", "Europe/Berlin"]


def test_from_migration_to_the_first_tick(run):
    assert run("migrate").stdout.startswith(f"The database is at {migrate.head()}.\n")
    clinic = run("add-clinic", *CLINIC).stdout.strip()
    assert UUID(clinic)
    person = ["--clinic", clinic, "--email", "a@example.org", "--name", "A", "--role", "physician"]
    made = run("add-clinician", *person)
    assert (made.returncode, made.stdout.startswith("a@example.org (physician)  password: ")) == (0, True)
    again = run("add-clinician", *person)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "Somebody at this clinic already uses that e-mail address.\n"
    ticked = run("tick", "--now", "2026-03-02T08:00:00Z")
    assert ticked.returncode == 0
    assert set(json.loads(ticked.stdout).values()) == {0}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["tick", "--now", "soon"], "not a time"),
        (["tick", "--now", "2026-03-02T08:00:00"], "needs an offset"),
        (["add-clinic", *CLINIC[:-1], "Mars/Base"], "is not a time zone"),
        (
            ["add-clinician", "--clinic", "x", "--email", "e", "--name", "n", "--role", "nurse"],
            "not a valid UUID",
        ),
        (
            ["add-clinician", "--clinic", str(uuid4()), "--email", "e", "--name", "n", "--role", "boss"],
            "boss",
        ),
        (["analyse", "/nowhere.jsonl"], "No such file"),
        (["analyse", "--criteria", "mine", "-"], "no criteria set"),
        (["dance"], "No such command"),
    ],
)
def test_a_wrong_argument_is_one_plain_sentence_and_status_2(run, arguments: list[str], words: str):
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("second", "status"), [(b"", 0), (b'{"episode_id": "bad"}\n', 1), (b"\xff{\n", 1)])
def test_one_unusable_line_is_told_with_its_place_and_makes_the_status_1(
    run, tmp_path: Path, second: bytes, status: int
):
    sound = json.dumps(diary()).encode() + b"\n"
    diaries = tmp_path / "diaries.jsonl"
    diaries.write_bytes(sound + second + sound)
    done = run("analyse", str(diaries))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (status, "")
    assert [answer.get("line") for answer in found] == [None, *([2] if second else []), None]


def test_settings_that_must_not_run_are_told_in_one_sentence(run):
    done = run("migrate", AFTERBLOCK_ENV="production", PUBLIC_URL="http://x", SECRET_KEY="x" * 40)
    assert (done.returncode, done.stderr) == (2, "PUBLIC_URL must start with https:// in production.\n")
