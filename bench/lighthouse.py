"""Lighthouse on the patient page as a phone and two clinic pages as a desk computer: medians of five runs."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPResponse
from pathlib import Path
from urllib.request import Request, urlopen

from bench.load import HEADERS
from tests.e2e.browsers import QUIET, chromium
from tests.e2e.screenshots import PHYSICIAN, SHOWN_SHAPE, fill
from tests.e2e.stage import Stage
from tests.postgres import DatabaseUrls

FOLDER = Path(__file__).parent / "lighthouse"
LOCK, STAMP = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".installed"
CATEGORIES = ("performance", "accessibility", "best-practices")
FLOOR = 95
RUNS = 5
API = "/api/v1/clinic"


@dataclass(frozen=True)
class Page:
    """One page under measurement, and as whom and on what it is opened."""

    name: str
    url: str
    options: tuple[str, ...] = ()


def install() -> None:
    """Lighthouse is an npm tool only this measurement needs, so it has a folder and a lock of its own."""
    if STAMP.exists() and STAMP.read_text() == LOCK.read_text():
        return
    print("Installing Lighthouse into bench/lighthouse (npm ci)", flush=True)
    npm = shutil.which("npm")
    assert npm, "npm is needed, as for building the pages"
    subprocess.run([npm, "ci", "--loglevel=error"], cwd=FOLDER, check=True)
    STAMP.write_text(LOCK.read_text())


def pages(stage: Stage, passwords: dict[str, str]) -> list[Page]:
    """The pages, those of the clinic signed in as its physician."""
    form = {"email": PHYSICIAN, "password": passwords[PHYSICIAN]}
    answer = _post(stage, "/session", form, HEADERS)
    cookie = "; ".join(given.partition(";")[0] for given in answer.headers.get_all("Set-Cookie", []))
    found = json.load(_post(stage, "/episodes/search", {"limit": 100}, HEADERS | {"Cookie": cookie}))
    shown = next(row["episode_id"] for row in found["episodes"] if row["shape"] == SHOWN_SHAPE)
    signed_in = ("--preset=desktop", f"--extra-headers={json.dumps({'Cookie': cookie})}")
    return [
        Page("patient page", f"{stage.url}/"),
        Page("worklist", f"{stage.url}/clinic", signed_in),
        Page("episode page", f"{stage.url}/clinic/episodes/{shown}", signed_in),
    ]


def _post(stage: Stage, path: str, form: dict[str, object], headers: dict[str, str]) -> HTTPResponse:
    request = Request(f"{stage.url}{API}{path}", json.dumps(form).encode(), headers)
    answer: HTTPResponse = urlopen(request)
    return answer


def scores(page: Page, folder: Path) -> dict[str, float]:
    """One run's score of each category, 0-100."""
    out = folder / "report.json"
    command = [
        str(FOLDER / "node_modules" / ".bin" / "lighthouse"),
        page.url,
        "--quiet",
        *page.options,
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
    worst = 100.0
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        database = f"sqlite:///{folder / 'bench.sqlite3'}"
        stage = Stage(DatabaseUrls(database, database), folder, datetime.now(UTC))
        passwords = fill(stage, database)
        stage.start()
        try:
            for page in pages(stage, passwords):
                runs = [scores(page, folder) for _ in range(RUNS)]
                medians = {name: statistics.median(run[name] for run in runs) for name in CATEGORIES}
                for category, value in medians.items():
                    told = "within" if value >= FLOOR else "UNDER"
                    print(
                        f"{value:>8.0f}    {page.name}: {category}, {told} the floor of {FLOOR}", flush=True
                    )
                worst = min(worst, *medians.values())
        finally:
            stage.kill()
    return 0 if worst >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
