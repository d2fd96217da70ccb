"""The product filled with enrolled phones, each with one request ready to send."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from flask.testing import FlaskClient

from bench.batches import batch_body
from bench.load import Prepared
from server import clock
from server.app import create_app
from server.config import from_environment
from server.persistence import migrate
from server.persistence.db import db
from server.services import staff
from tests.postgres import DatabaseUrls

HEADERS = {"X-Afterblock": "1"}
EMAIL, PASSWORD = "bench@example.org", "a long password for the bench"


class Product:
    """A migrated database with one clinic; ``environment`` starts a server on it."""

    def __init__(self, urls: DatabaseUrls, folder: Path) -> None:
        self.environment = {
            "DATABASE_URL": urls.app_url,
            "DATABASE_OWNER_URL": urls.owner_url,
            "AFTERBLOCK_INSTANCE": str(folder / "instance"),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "LOG_LEVEL": "ERROR",
        }
        self._urls = urls

    def prepare(self, count: int) -> list[Prepared]:
        """Enrol ``count`` phones through the API, one patient each."""
        migrate.upgrade(self._urls.owner_url, self._urls.app_url)
        app = create_app(from_environment(self.environment))
        with app.app_context():
            clinic = staff.add_clinic("Bench", "+49 30 1", "112", "Europe/Berlin", clock.now())
            staff.add_clinician(clinic, EMAIL, "Bench", "physician", PASSWORD, clock.now())
        clinician = app.test_client()
        call(clinician, "/api/v1/clinic/session", {"email": EMAIL, "password": PASSWORD})
        prepared = [enrol(clinician, app.test_client(), number) for number in range(count)]
        with app.app_context():
            db.engine.dispose()
        return prepared


def enrol(clinician: FlaskClient, phone: FlaskClient, number: int) -> Prepared:
    performed_at = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=70)
    episode = {
        "patient": {"name": f"Patient {number}", "record_number": str(number)},
        "episode": {"status": "performed", "procedure": procedure(performed_at), "baseline": {"pain": 7}},
    }
    episode_id = call(clinician, "/api/v1/clinic/episodes", episode)["episode_id"]
    invitation = call(clinician, f"/api/v1/clinic/episodes/{episode_id}/enrolment", {"kind": "qr"})
    token = invitation["link"].partition("#")[2]
    redeemed = {
        "token": token,
        "code": invitation["code"],
        "device_key": str(uuid4()),
        "device_name": "Bench",
    }
    answer = phone.post("/api/v1/patient/enrolment", json=redeemed, headers=HEADERS)
    cookies = [given.partition(";")[0] for given in answer.headers.getlist("Set-Cookie")]
    return Prepared("; ".join(cookies), batch_body(episode_id, performed_at))


def procedure(performed_at: datetime) -> dict[str, object]:
    return {
        "performed_at": performed_at.isoformat(),
        "region": "lumbar",
        "level": "L5",
        "side": "left",
        "anaesthetic": [
            {
                "drug": "lidocaine",
                "concentration_percent": 2.0,
                "volume_ml": 0.5,
                "adrenaline": False,
            }
        ],
        "steroid": {"drug": "dexamethasone", "dose_mg": 10},
    }


def call(client: FlaskClient, path: str, body: dict[str, object]) -> dict[str, str]:
    answer = client.post(path, json=body, headers=HEADERS)
    if answer.status_code >= 300:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.get_data(as_text=True)[:300]}")
    return answer.get_json()
