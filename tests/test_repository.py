"""What may not be in any committed file: where packages come from here, and pages outside the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Put together from halves, so that this file does not contain what it looks for.
INDEX_HOSTS = re.compile(
    "|".join([r"py" r"pi\.org", r"python" r"hosted\.org", r"registry\." r"npmjs", r"registry\." r"yarnpkg"])
)  # fmt: skip
RESOLVED = re.compile('"resol' 'ved"')  # fmt: skip
OUTSIDE = re.compile(r"\.\./" r"shared\b|(?<![\w.])/" r"work/")  # fmt: skip


def committed_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def breaches(text: str, pattern: re.Pattern[str]) -> list[str]:
    return [line.strip()[:120] for line in text.splitlines() if pattern.search(line)]


@pytest.mark.parametrize(
    "pattern", [INDEX_HOSTS, RESOLVED, OUTSIDE], ids=["index host", "download address", "outside page"]
)
def test_no_committed_file_names_what_only_one_machine_has(pattern: re.Pattern[str]):
    found = {
        str(path.relative_to(ROOT)): lines
        for path in committed_files()
        if (lines := breaches(path.read_text(errors="replace"), pattern))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (INDEX_HOSTS, "--index-url https://" + "py" + "pi.org/simple"),
        (INDEX_HOSTS, "https://registry." + "npmjs.org/preact"),
        (RESOLVED, '      "resol' + 'ved": "https://example.org/preact.tgz",'),
        (OUTSIDE, "see .." + "/shared/design.md"),
        (OUTSIDE, "open('/" + "work/data')"),
    ],
)
def test_a_planted_line_is_caught(pattern: re.Pattern[str], line: str):
    assert breaches(line, pattern) == [line.strip()]


def test_every_locked_package_has_hashes():
    entries = re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip())
    assert len(entries) > 40
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
