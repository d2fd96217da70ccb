"""Every read and write of patient data leaves its audit rows, in the same transaction and without values."""

from collections import Counter

from sqlalchemy import create_engine, text

from server.config import Config
from server.persistence.tables import AuditEvent, Enrolment, EntryRevision, Episode
from tests.factories import store
from tests.factories.world import CLINIC, HEADERS, PATIENT, Clinic, Phone, entry, procedure


def actions(clinic: Clinic) -> Counter[str]:
    return Counter(row["action"] for row in store.of(clinic, AuditEvent))


def test_each_call_leaves_exactly_its_rows(clinic: Clinic):
    record = {"status": "performed", "procedure": procedure(), "baseline": {"pain": 7}}
    staff, admin = clinic.client(), clinic.client("admin")
    made: dict[str, str] = {}

    def create() -> None:
        form = {"patient": {"name": "N", "record_number": "1"}, "episode": record}
        made["id"] = staff.post(f"{CLINIC}/episodes", json=form, headers=HEADERS).json["episode_id"]

    def leaves(call: object, *expected: str) -> None:
        before = actions(clinic)
        call()  # type: ignore[operator]
        assert sorted((actions(clinic) - before).elements()) == sorted(expected)

    leaves(create, "patient.create", "episode.create")
    at = f"{CLINIC}/episodes/{made['id']}"
    invitation: dict[str, str] = {}
    leaves(lambda: invitation.update(clinic.invite(made["id"])), "enrolment.invite")
    phone = Phone(clinic.app.test_client(), made["id"])
    leaves(
        lambda: phone.enrol(invitation, "000000" if invitation["code"] != "000000" else "1" * 6),
        "enrolment.wrong-code",
    )
    leaves(lambda: phone.enrol(invitation), "enrolment.redeem", "diary.view")
    leaves(lambda: phone.sync(phone.put(), phone.put()), "diary.sync")
    leaves(phone.sync, "diary.sync")
    flagged = {"taken_at": entry()["taken_at"], "reports": [{"code": "infection"}, {"code": "allergy"}]}
    leaves(
        lambda: phone.sync(phone.put(flagged, kind="flag_report")),
        "diary.sync",
        "alert.raised",
        "alert.raised",
    )
    leaves(lambda: phone.client.get(f"{PATIENT}/diary"), "diary.view")
    leaves(lambda: staff.get(f"{CLINIC}/episodes"), "episodes.list")
    leaves(
        lambda: staff.post(f"{CLINIC}/episodes/search", json={"search": "N"}, headers=HEADERS),
        "episodes.list",
    )
    leaves(lambda: staff.get(at), "episode.view")
    leaves(lambda: staff.get(f"{at}/reading"), "reading.view")
    leaves(lambda: staff.get(f"{at}/chart.svg"), "reading.view")
    leaves(lambda: staff.get(f"{at}/entries"), "entries.view")
    seen = staff.get(f"{at}/sign-off").json
    leaves(lambda: staff.get(f"{at}/sign-off"), "sign-off.view")
    signed = {"version": seen["version"], "read_at": seen["read_at"], "conclusion": "undecided"}
    leaves(lambda: staff.post(f"{at}/sign-off", json=signed, headers=HEADERS), "sign-off.sign")
    leaves(lambda: staff.get(f"{at}/report.pdf"), "report.episode")
    leaves(lambda: staff.get(f"{at}/report-text"), "report.text")
    leaves(lambda: staff.get(f"{at}/fhir.json"), "export.fhir")
    leaves(lambda: staff.get(f"{at}/diary.jsonl").data, "export.diaries")
    leaves(
        lambda: staff.put(at, json=record | {"reason": "r", "revision": 1}, headers=HEADERS),
        "episode.correct",
        "episode.view",
    )
    detail = clinic.get(f"/episodes/{made['id']}").json
    alert, device = detail["alerts"][0]["alert_id"], detail["devices"][0]["device_id"]
    leaves(
        lambda: staff.post(f"{CLINIC}/alerts/{alert}/acknowledge", json={}, headers=HEADERS),
        "alert.acknowledged",
        "alert.view",
    )
    leaves(
        lambda: staff.delete(f"{CLINIC}/devices/{device}", json={"reason": "lost"}, headers=HEADERS),
        "device.revoke",
    )
    settings = {"name": "N", "phone": "+49 30 1", "emergency_number": "112", "zone": "UTC"}
    leaves(
        lambda: admin.put(f"{CLINIC}/settings", json=settings, headers=HEADERS),
        "clinic.change",
        "settings.change",
    )
    leaves(lambda: staff.get(f"{CLINIC}/session"))
    leaves(lambda: staff.get(f"{CLINIC}/episodes/{device}"))
    leaves(lambda: staff.delete(f"{CLINIC}/session", headers=HEADERS), "session.close")


def test_without_its_audit_row_nothing_is_changed_or_shown(clinic: Clinic, phone: Phone, config: Config):
    invited, revised = len(store.of(clinic, Enrolment)), len(store.of(clinic, EntryRevision))
    record = store.of(clinic, Episode)
    owner = create_engine(config.owner_database_url)
    with owner.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(
                text(
                    "CREATE TRIGGER deaf BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'deaf'); END"
                )
            )
        else:
            connection.execute(
                text("ALTER TABLE audit_event ADD CONSTRAINT deaf CHECK (at IS NULL) NOT VALID")
            )
    owner.dispose()
    staff, at = clinic.client(), f"{CLINIC}/episodes/{phone.episode_id}"
    changed = {"status": "performed", "procedure": procedure(level="S1"), "baseline": {}}
    correction = changed | {"reason": "r", "revision": 1}
    answers = [
        phone.sync(phone.put()),
        phone.client.get(f"{PATIENT}/diary"),
        phone.client.delete(f"{PATIENT}/device", headers=HEADERS),
        staff.post(f"{at}/enrolment", json={"kind": "qr"}, headers=HEADERS),
        staff.put(at, json=correction, headers=HEADERS),
        *[
            staff.get(path)
            for path in (
                f"{CLINIC}/episodes",
                f"{CLINIC}/inbox",
                at,
                *(
                    f"{at}/{part}"
                    for part in ("reading", "chart.svg", "entries", "sign-off", "report.pdf", "report-text")
                ),
                *(f"{at}/{part}" for part in ("tables.zip", "diary.jsonl", "fhir.json")),
                *(f"{CLINIC}/exports/{part}" for part in ("tables.zip", "diaries.jsonl")),
            )
        ],
    ]
    assert {answer.status_code for answer in answers} == {500}
    assert all("Ann Example" not in answer.text for answer in answers)
    assert (len(store.of(clinic, Enrolment)), len(store.of(clinic, EntryRevision))) == (invited, revised)
    assert store.of(clinic, Episode) == record
