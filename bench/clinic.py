"""The clinic's screens at the server: the worklist of 5,000 episodes, an episode page, its chart."""

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from bench.product import HEADERS
from server.app import create_app
from server.charts.picture import draw
from server.config import from_environment
from server.demo.clinic import build
from server.persistence import migrate
from server.persistence.db import db, transaction
from server.persistence.queries import people
from server.persistence.tables import Episode, Patient
from tests.server.charts.courses import CASES, course

EPISODES, ROUNDS = 5_000, 15
WORKLIST_MS, CHART_MS = 50.0, 10.0
NOW = datetime(2026, 6, 15, 7, 0, tzinfo=UTC)
API = "/api/v1/clinic"


@dataclass
class Bench:
    """A signed-in physician of a clinic with many episodes."""

    app: Flask
    clinic_id: UUID
    client: FlaskClient

    def search(self, **form: Any) -> Any:
        return self.client.post(f"{API}/episodes/search", json={"limit": 50} | form, headers=HEADERS).json

    def get(self, path: str) -> Any:
        answer = self.client.get(API + path)
        assert answer.status_code == 200, (path, answer.text[:200])
        return answer


def prepare(folder: Path) -> Bench:
    """The demo's patients, then copies of their rows until there are enough, spread over two years."""
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    migrate.upgrade(url, url)
    environment = {"DATABASE_URL": url, "AFTERBLOCK_INSTANCE": str(folder), "LOG_LEVEL": "ERROR"}
    config = from_environment(environment)
    app = create_app(config, clock=lambda: NOW)
    with app.app_context():
        passwords = build(config, NOW)
        with transaction(None, reading=True) as session:
            (clinic_id,) = people.clinic_ids(session)
        multiply(clinic_id)
    email = next(name for name in passwords if name.startswith("physician"))
    client = app.test_client()
    form = {"email": email, "password": passwords[email]}
    assert client.post(f"{API}/session", json=form, headers=HEADERS).status_code == 200
    return Bench(app, clinic_id, client)


def multiply(clinic_id: UUID) -> None:
    with transaction(clinic_id) as session:
        episodes = [dict(row) for row in session.execute(select(Episode.__table__)).mappings()]
        patients = {row["id"]: dict(row) for row in session.execute(select(Patient.__table__)).mappings()}
        new_patients, new_episodes = [], []
        for number in range(EPISODES - len(episodes)):
            like = episodes[number % len(episodes)]
            patient = patients[like["patient_id"]] | {
                "id": uuid4(),
                "record_number": f"B-{number}",
                "search_text": f"{patients[like['patient_id']]['search_text']} b-{number}",
            }
            moved = like["performed_at"] and like["performed_at"] - timedelta(hours=number + 1)
            new_patients.append(patient)
            new_episodes.append(
                like
                | {"id": uuid4(), "patient_id": patient["id"], "performed_at": moved, "next_read_at": None}
            )
        session.execute(insert(Patient), new_patients)
        session.execute(insert(Episode), new_episodes)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Medians in milliseconds: of the processor, and by the clock."""
    work()
    taken, waited = [], []
    for _ in range(ROUNDS):
        wall, started = perf_counter(), process_time()
        work()
        taken.append(1000 * (process_time() - started))
        waited.append(1000 * (perf_counter() - wall))
    return median(taken), median(waited)


def told(name: str, work: Callable[[], object], budget: float | None = None) -> bool:
    taken, waited = timed(work)
    within = "" if budget is None else f" within {budget:.0f} ms"
    print(f"{name:44} {taken:6.1f} ms of processor time{within}; {waited:.1f} ms by the clock")
    return budget is None or taken <= budget


def lists(bench: Bench) -> bool:
    found = bench.search()
    assert sum(found["counts"].values()) == EPISODES
    return all(
        [
            told("worklist, first 50 of 5,000", bench.search, WORKLIST_MS),
            told("worklist, a page from its middle", lambda: bench.search(offset=EPISODES // 2), WORKLIST_MS),
            told("worklist, a name searched", lambda: bench.search(search="heather"), WORKLIST_MS),
            told("worklist, filtered", lambda: bench.search(level="L5", sign_state="unsigned"), WORKLIST_MS),
            told("worklist, has anything changed", lambda: bench.get("/episodes/pulse"), WORKLIST_MS),
        ]
    )


def page(bench: Bench) -> bool:
    shown = bench.search(search="demo-008", sort="newest")["episodes"][0]
    at = f"/episodes/{shown['episode_id']}"
    parts = (at, f"{at}/reading", f"{at}/entries", f"{at}/sign-off", f"{at}/chart.svg")
    told(f"episode page, {len(parts)} requests", lambda: [bench.get(part) for part in parts])
    return told("  of these the chart", lambda: bench.get(f"{at}/chart.svg"))


def charts() -> bool:
    """The drawing alone, of the courses with the most marks."""
    good = True
    for name in ("flare_then_late_relief", "dense", "many_symptoms"):
        found = course(CASES[name]())
        good = told(f"chart as SVG, {name}", partial(draw, found, layout="wide"), CHART_MS) and good
    return good


def main() -> int:
    """Print every time; 1 when one is over its budget."""
    with tempfile.TemporaryDirectory() as name:
        bench = prepare(Path(name))
        good = all([lists(bench), page(bench), charts()])
        with bench.app.app_context():
            db.engine.dispose()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
