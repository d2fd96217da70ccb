"""What all answers have in common: problems in one form, headers, no change for other sites, no echo."""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.config import Config
from server.persistence.tables import AuditEvent, Clinician, Enrolment, EntryRevision
from server.schemas.importing import LARGEST_REQUEST
from server.security.access import allowed
from tests.conftest import SettableClock
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone, entry, procedure, sign_in

CANARY = "Kanarienvogel"
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types afterblock"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def pages(config: Config) -> Path:
    """A build as small as one can be."""
    config.pwa_folder.mkdir()
    (config.pwa_folder / "assets").mkdir()
    for name in (
        "index.html",
        "clinic.html",
        "sw.js",
        "sw-off.js",
        "manifest.webmanifest",
        "assets/app-1a2b.js",
    ):
        (config.pwa_folder / name).write_text(f"<!doctype html>{name}")
    (config.pwa_folder / "index.html.br").write_bytes(b"brotli")
    (config.pwa_folder / "index.html.gz").write_bytes(b"gzip")
    return config.pwa_folder


def assert_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.text
    problem = answer.json
    assert {"type", "title", "status", "detail", "code", "request_id"} <= problem.keys()
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:afterblock:problem:{code}"
    assert len(problem["request_id"]) == 32
    return dict(problem)


def test_every_kind_of_error_is_a_problem(clinic: Clinic, phone: Phone):
    staff, guest = clinic.client(), clinic.app.test_client()
    assert_problem(guest.get("/api/v1/nothing"), 404, "not-found")
    assert_problem(guest.get("/api/docs/nothing"), 404, "not-found")
    assert_problem(guest.get("/assets/nothing.js"), 404, "not-found")
    assert_problem(guest.get("/" + "a" * 300 + ".js"), 404, "not-found")
    assert_problem(guest.get("/assets/%00.js"), 404, "not-found")
    assert_problem(guest.get("/assets/../../secret.key"), 404, "not-found")
    assert_problem(guest.get("/assets/..%2f..%2fsecret.key"), 404, "not-found")
    answer = staff.patch(f"{CLINIC}/settings", json={}, headers=HEADERS)
    assert_problem(answer, 405, "method-not-allowed")
    assert {"GET", "PUT"} <= set(answer.headers["Allow"].split(", "))
    assert_problem(staff.get(f"{CLINIC}/episodes/not-an-id"), 404, "not-found")
    assert_problem(staff.get(f"{CLINIC}/episodes?limit=0"), 422, "invalid-request")
    assert_problem(
        staff.get(f"{CLINIC}/episodes/{phone.episode_id}/chart.svg?theme=pink"), 422, "invalid-request"
    )
    assert_problem(guest.get(f"{CLINIC}/session"), 401, "session-ended")
    post = {"data": "x", "headers": HEADERS}
    assert_problem(
        staff.post(f"{CLINIC}/episodes", content_type="text/plain", **post), 415, "unsupported-type"
    )
    assert_problem(
        staff.post(f"{CLINIC}/episodes", content_type="application/json", **post), 400, "invalid-json"
    )
    wide = json.dumps({"a": "x" * 257 * 1024})
    assert_problem(
        staff.post(f"{CLINIC}/episodes", data=wide, content_type="application/json", headers=HEADERS),
        413,
        "too-large",
    )


def test_a_file_too_large_to_import_is_told_the_limit(clinic: Clinic):
    wide = json.dumps({"content": "x" * LARGEST_REQUEST})
    answer = clinic.client().post(
        f"{CLINIC}/imports", data=wide, content_type="application/json", headers=HEADERS
    )
    assert "8 MB. Split it" in assert_problem(answer, 413, "too-large")["detail"]


@pytest.mark.parametrize("born", ["1899-12-31", "2026-03-02", "2026-03-21"])
def test_a_slip_in_the_date_of_birth_is_refused_and_enters_nobody(
    clinic: Clinic, clock: SettableClock, born: str
):
    clock.now = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
    record = {
        "status": "performed",
        "procedure": procedure(performed_at="2026-03-01T23:30:00+01:00"),
        "zone": "Europe/Berlin",
    }
    patient = {"name": "Ada", "record_number": "P-9", "born_on": born}
    staff = clinic.client()
    answer = staff.post(f"{CLINIC}/episodes", json={"patient": patient, "episode": record}, headers=HEADERS)
    problem = assert_problem(answer, 422, "invalid-request")
    assert [(error["pointer"], error["code"]) for error in problem["errors"]] == [
        ("/patient/born_on", "not-a-birth")
    ]
    patient["born_on"] = "2026-03-01"
    answer = staff.post(f"{CLINIC}/episodes", json={"patient": patient, "episode": record}, headers=HEADERS)
    assert answer.status_code == 201, "the record number is still free"


def test_an_invalid_form_is_pointed_at_field_by_field_without_echo(clinic: Clinic):
    record = {
        "status": "performed",
        "procedure": procedure(region=CANARY, level="", side=None, anaesthetic=[{"drug": CANARY}]),
        "baseline": {"pain": 11, "recorded_at": CANARY},
        "zone": CANARY,
        CANARY: 1,
    }
    form = {"patient": {"name": CANARY + "\n", "record_number": "1"}, "episode": record}
    answer = clinic.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS)
    problem = assert_problem(answer, 422, "invalid-request")
    assert {error["pointer"] for error in problem["errors"]} >= {
        "/patient/name",
        "/episode/procedure/region",
        "/episode/procedure/level",
        "/episode/procedure/side",
        "/episode/procedure/anaesthetic/0/drug",
        "/episode/baseline/pain",
        "/episode/baseline/recorded_at",
        "/episode/zone",
    }
    assert CANARY not in answer.text.replace(f"/episode/{CANARY}", "")


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "localtime"},
        {"procedure": procedure("2026-03-02T08:00:00+01:75")},
        {"procedure": procedure("2026-03-02T10:00:00+01:00")},
        {"procedure": procedure(None)},
        {"status": "planned"},
        {"baseline": {"pain": 7, "daily": [{"date": "0001-01-01", "average": 3}]}},
        {"baseline": {"pain": 7, "daily": [{"date": "2026-03-01", "average": 10**400}]}},
        {"baseline": {"pain": 10**400}},
        {"procedure": procedure(steroid={"drug": "dexamethasone", "dose_mg": 10**400})},
        {"index_pain": {"site": "head", "side": "left"}},
        {"events": [{"at": "soon", "kind": "surgery"}]},
    ],
)
def test_a_record_the_engine_could_not_read_is_refused_at_the_door(clinic: Clinic, change: dict[str, Any]):
    record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}} | change
    form = {"patient": {"name": "N", "record_number": "1"}, "episode": record}
    answer = clinic.client().post(f"{CLINIC}/episodes", json=form, headers=HEADERS)
    assert_problem(answer, 422, "invalid-request")
    assert clinic.get("/episodes").json["total"] == 0


def test_text_no_database_takes_is_refused_and_never_an_error(clinic: Clinic):
    staff, guest = clinic.client(), clinic.app.test_client()
    for odd in ("\0", "a\0b", "\ud800", "\udfff"):
        for form in (
            {"email": f"x{odd}@example.org", "password": "p" * 12},
            {"email": "x@example.org", "password": odd * 12},
        ):
            answer = guest.post(f"{CLINIC}/session", json=form, headers=HEADERS)
            assert answer.status_code in {401, 422}, (form, answer.text)
        known = guest.post(
            f"{CLINIC}/session",
            json={"email": clinic.email("physician"), "password": odd * 12},
            headers=HEADERS,
        )
        assert known.status_code in {401, 422}, known.text
        for field in ("name", "phone", "emergency_number", "zone"):
            form = {"name": "N", "phone": "+49 30 1", "emergency_number": "112", "zone": "UTC"} | {field: odd}
            assert (
                clinic.client("admin").put(f"{CLINIC}/settings", json=form, headers=HEADERS).status_code
                == 422
            )
    for words in ("\0", "a\0b", "\ud800", "%", "_", "\\", "'; DROP TABLE patient; --"):
        answer = staff.post(f"{CLINIC}/episodes/search", json={"search": words}, headers=HEADERS)
        assert answer.status_code in {200, 422}, (words, answer.text)


def test_a_planted_failure_is_answered_without_its_words_and_logged_without_them(
    capfd: pytest.CaptureFixture[str], app: Flask, clock: SettableClock
):
    def fail() -> str:
        raise ValueError(f"{CANARY} has pain 7")

    app.view_functions["health.Health"] = fail
    answer = app.test_client().get("/healthz")
    problem = assert_problem(answer, 500, "internal")
    logged = "".join(capfd.readouterr())
    assert CANARY not in answer.text + logged
    assert "ValueError" not in answer.text
    record = json.loads(logged.strip().splitlines()[-1])
    assert (record["event"], record["error"]) == ("request.failed", "ValueError")
    assert record["request_id"] == problem["request_id"]
    assert any("fail" in place for place in record["where"])


def test_no_health_data_reaches_a_log(
    capfd: pytest.CaptureFixture[str], app: Flask, clock: SettableClock, caplog: Any
):
    """A story with a marked word in every field, its refusals and conflicts included."""
    caplog.set_level(0)
    clinic = Clinic(app, clock())
    form = {
        "patient": {"name": f"{CANARY} A", "record_number": f"{CANARY}1"},
        "episode": {
            "status": "performed",
            "procedure": procedure(level=CANARY),
            "baseline": {"pain": 7, "usual_analgesics": [{"drug": CANARY, "mg_per_day": 1}]},
            "operator": CANARY,
            "approach": CANARY,
        },
    }
    staff = clinic.client()
    episode = staff.post(f"{CLINIC}/episodes", json=form, headers=HEADERS).json["episode_id"]
    assert staff.post(f"{CLINIC}/episodes", json=form, headers=HEADERS).status_code == 409
    phone = clinic.phone(episode)
    first = phone.put(
        entry(note=CANARY, analgesics=[{"drug": CANARY}], checkin_id=CANARY, received_at=CANARY)
    )
    for _ in range(2):
        phone.sync(
            first, phone.edit(first, entry(pain=3, note=CANARY)), phone.put(entry(pain=11, note=CANARY))
        )
    phone.sync(first | {"body": entry(note=CANARY + "2")}, CANARY, {"rev_id": CANARY})
    for path in (
        f"/episodes/{episode}",
        f"/episodes/{episode}/entries",
        f"/episodes/{episode}/reading",
        f"/episodes/{episode}/chart.svg",
        f"/episodes/{CANARY}",
    ):
        clinic.get(path)
    sign_in(app.test_client(), f"{CANARY}@example.org", CANARY)
    sign_in(app.test_client(), clinic.email("physician"), CANARY)
    logged = "".join(capfd.readouterr()) + caplog.text
    assert "sync.protected_fields_ignored" in logged, "the log was really read"
    assert CANARY.lower() not in logged.lower()
    audited = json.dumps([row["detail"] | {"a": row["action"]} for row in store.of(clinic, AuditEvent)])
    assert CANARY.lower() not in audited.lower()


def test_every_route_and_every_error_carries_the_security_headers(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, pages: Path
):
    app = make_app(dataclasses.replace(config, public_url="https://diary.example.org"), clock=clock)
    client = app.test_client()
    paths = [
        "/",
        "/enrol",
        "/today",
        "/clinic",
        "/clinic/episodes/1",
        "/sw.js",
        "/manifest.webmanifest",
        "/api/docs",
    ]
    paths += [
        "/assets/app-1a2b.js",
        "/assets/no.js",
        "/healthz",
        "/readyz",
        "/api/v1/openapi.json",
        "/api/docs/start.js",
    ]
    paths += [f"{CLINIC}/session", f"{PATIENT}/diary", "/api/v1/nothing", f"{CLINIC}/episodes"]
    for path in paths:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            answer = client.open(path, method=method, headers={"Accept": "text/html"})
            for name, value in ALWAYS.items():
                assert answer.headers.get(name) == value, (method, path, name)
            assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
            assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]
            assert "Werkzeug" not in answer.headers.get("Server", "")
            assert "Access-Control-Allow-Origin" not in answer.headers
            if path.startswith(("/api/v1/clinic", "/api/v1/patient")):
                assert answer.headers["Cache-Control"] == "no-store"
            answer.close()


def test_pages_have_exactly_the_agreed_policy_and_are_asked_for_again(client: FlaskClient, pages: Path):
    for path in ("/", "/enrol", "/today", "/history", "/clinic", "/clinic/", "/clinic/episodes/1", "/sw.js"):
        answer = client.get(path, headers={"Accept": "text/html"}, buffered=True)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Security-Policy"] == PAGE_POLICY, path
        assert answer.headers["Cache-Control"] == "no-cache", path
        name = "clinic.html" if "clinic" in path else "sw.js" if "sw.js" in path else "index.html"
        assert answer.text == f"<!doctype html>{name}"
    answer = client.get("/assets/app-1a2b.js", buffered=True)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/manifest.webmanifest", buffered=True).content_type.startswith(
        "application/manifest+json"
    )


def test_pages_are_sent_as_the_browser_likes_them_best(client: FlaskClient, pages: Path):
    for accepted, encoding, body in (
        ("gzip, br", "br", b"brotli"),
        ("gzip", "gzip", b"gzip"),
        ("", None, None),
    ):
        answer = client.get("/", headers={"Accept-Encoding": accepted}, buffered=True)
        assert answer.headers.get("Content-Encoding") == encoding
        assert body is None or answer.data == body
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert answer.content_type == "text/html; charset=utf-8"
    for hidden in ("/index.html.br", "/index.html", "/clinic.html"):
        assert client.get(hidden, buffered=True).status_code == 404


def test_the_patient_page_announces_the_files_and_the_words_of_its_first_screen(
    client: FlaskClient, pages: Path
):
    assert "Link" not in client.get("/", buffered=True).headers
    languages = {"en": ["assets/en-1.js"], "ar": ["assets/ar-1.js"]}
    (pages / "ahead.json").write_text(
        json.dumps({"every": ["assets/p-1.css", "assets/p-1.js"], "languages": languages})
    )
    for wanted, words in (
        ("ar-EG,ar;q=0.9,en;q=0.8", "ar"),
        ("fr, en;q=0.5, ar;q=0.7", "ar"),
        ("fr", "en"),
        ("", "en"),
    ):
        headers = {"Accept": "text/html", "Accept-Language": wanted}
        answer = client.get("/enrol", headers=headers, buffered=True)
        assert answer.headers["Link"] == (
            "</assets/p-1.css>; rel=preload; as=style; crossorigin, </assets/p-1.js>; rel=modulepreload, "
            f"</assets/{words}-1.js>; rel=modulepreload"
        )
        assert "Accept-Language" in answer.headers["Vary"]
    assert "Link" not in client.get("/clinic", buffered=True).headers


def test_only_the_service_worker_is_served_as_one(client: FlaskClient, pages: Path):
    worker = {"Service-Worker": "script"}
    assert client.get("/sw.js", headers=worker, buffered=True).status_code == 200
    assert client.get("/assets/app-1a2b.js", headers=worker, buffered=True).status_code == 404
    assert "Service-Worker-Allowed" not in client.get("/sw.js", buffered=True).headers


def test_the_operator_can_give_out_a_worker_that_ends_itself(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, pages: Path
):
    app = make_app(dataclasses.replace(config, offline_shell=False), clock=clock)
    answer = app.test_client().get("/sw.js", headers={"Service-Worker": "script"}, buffered=True)
    assert answer.text == "<!doctype html>sw-off.js"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content_type.startswith("text/javascript")
    assert app.test_client().get("/sw-off.js", buffered=True).status_code == 404


def test_pages_that_are_not_built_yet_are_told_as_such(client: FlaskClient):
    assert_problem(client.get("/", buffered=True), 503, "unavailable")


def test_a_change_must_come_from_the_apps_own_pages(clinic: Clinic, phone: Phone):
    staff = clinic.client()
    before = (
        len(store.of(clinic, Enrolment)),
        len(store.of(clinic, AuditEvent)),
        len(store.of(clinic, EntryRevision)),
    )
    foreign = [
        {},
        HEADERS | {"Sec-Fetch-Site": "cross-site"},
        HEADERS | {"Sec-Fetch-Site": "same-site"},
        HEADERS | {"Origin": "https://evil.example"},
        HEADERS | {"Origin": "null"},
        HEADERS | {"Origin": "http://localhost:8001"},
        HEADERS | {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    ]
    invite = f"{CLINIC}/episodes/{phone.episode_id}/enrolment"
    for headers in foreign:
        assert_problem(staff.post(invite, json={"kind": "qr"}, headers=headers), 403, "cross-site")
        assert_problem(phone.client.post(f"{PATIENT}/sync", json={}, headers=headers), 403, "cross-site")
        assert_problem(staff.delete(f"{CLINIC}/session", headers=headers), 403, "cross-site")
    for data, kind in (
        ({"kind": "qr"}, "application/x-www-form-urlencoded"),
        ({"kind": "qr"}, "multipart/form-data"),
    ):
        assert staff.post(invite, data=data, content_type=kind).status_code == 403
        assert_problem(
            staff.post(invite, data=data, content_type=kind, headers=HEADERS), 415, "unsupported-type"
        )
    after = (
        len(store.of(clinic, Enrolment)),
        len(store.of(clinic, AuditEvent)),
        len(store.of(clinic, EntryRevision)),
    )
    assert after == before
    for own in (
        HEADERS,
        HEADERS | {"Sec-Fetch-Site": "same-origin"},
        HEADERS | {"Origin": "http://localhost"},
    ):
        assert staff.post(invite, json={"kind": "qr"}, headers=own).status_code == 201


def test_asking_never_changes_a_record(clinic: Clinic, phone: Phone):
    phone.sync(phone.put())
    staff = clinic.client()
    before = {model.__tablename__: store.of(clinic, model) for model in (Enrolment, EntryRevision, Clinician)}
    for rule in clinic.app.url_map.iter_rules():
        if allowed(rule.endpoint, "GET") and "GET" in (rule.methods or set()):
            names = {name: phone.episode_id if name.endswith("_id") else "x" for name in rule.arguments}
            _, path = rule.build(names) or ("", "")
            for client in (staff, phone.client):
                client.get(
                    path + "?_method=DELETE",
                    buffered=True,
                    headers=HEADERS | {"X-HTTP-Method-Override": "DELETE"},
                )
    after = {model.__tablename__: store.of(clinic, model) for model in (Enrolment, EntryRevision, Clinician)}
    assert after == before


@pytest.mark.parametrize("public_url", ["https://diary.example.org", "http://localhost"])
def test_cookies_are_out_of_reach_for_scripts_and_other_sites(
    make_app: Callable[..., Flask], config: Config, clock: SettableClock, public_url: str
):
    app = make_app(dataclasses.replace(config, public_url=public_url), clock=clock)
    clinic = Clinic(app, clock())
    clinic.add("physician")
    client = app.test_client()
    secure = public_url.startswith("https")
    answer = client.post(
        f"{CLINIC}/session",
        json={"email": clinic.email("physician"), "password": "a long enough password"},
        headers=HEADERS,
        base_url=public_url,
    )
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    flags = {part.strip() for part in rest.split(";")[1:]}
    assert name == ("__Host-afterblock-session" if secure else "afterblock-session")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= flags
    assert ("Secure" in flags) is secure
    assert not any(flag.startswith("Domain") for flag in flags)
