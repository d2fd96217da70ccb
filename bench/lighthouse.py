"""Lighthouse on the patient page: performance, accessibility and best practices, the median of five runs."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from server.persistence import migrate
from tests.e2e.browsers import QUIET, chromium
from tests.e2e.stage import Stage
from tests.postgres import DatabaseUrls

FOLDER = Path(__file__).parent / "lighthouse"
LOCK, STAMP = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".installed"
CATEGORIES = ("performance", "accessibility", "best-practices")
FLOOR = 95
RUNS = 5


def install() -> None:
    """Lighthouse is an npm tool only this measurement needs, so it has a folder and a lock of its own."""
    if STAMP.exists() and STAMP.read_text() == LOCK.read_text():
        return
    print("Installing Lighthouse into bench/lighthouse (npm ci)", flush=True)
    npm = shutil.which("npm")
    assert npm, "npm is needed, as for building the pages"
    subprocess.run([npm, "ci", "--loglevel=error"], cwd=FOLDER, check=True)
    STAMP.write_text(LOCK.read_text())


def scores(url: str, folder: Path) -> dict[str, float]:
    """One run's score of each category, 0-100."""
    out = folder / "report.json"
    command = [
        str(FOLDER / "node_modules" / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={out}",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(QUIET)}",
    ]
    subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": chromium()}, capture_output=True)
    categories = json.loads(out.read_text())["categories"]
    return {name: 100 * categories[name]["score"] for name in CATEGORIES}


def main() -> int:
    install()
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'bench.sqlite3'}"
        migrate.upgrade(database, database)
        stage = Stage(DatabaseUrls(database, database), folder, datetime.now(UTC))
        stage.start()
        try:
            runs = [scores(f"{stage.url}/", folder) for _ in range(RUNS)]
        finally:
            stage.kill()
    medians = {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}
    for name, value in medians.items():
        print(f"{value:>8.0f}    {name}, {'within' if value >= FLOOR else 'UNDER'} the floor of {FLOOR}")
    return 0 if min(medians.values()) >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
