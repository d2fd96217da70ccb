"""The least rows that the tests of the storage need."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from server.persistence.db import transaction
from server.persistence.tables import AuditEvent, Clinic, Patient, Tenant

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def add_clinic() -> UUID:
    clinic_id = uuid4()
    with transaction(clinic_id) as session:
        session.add(Tenant(id=clinic_id, created_at=NOW))
        session.flush()
        clinic = Clinic(clinic_id=clinic_id, name="C", phone="1", emergency_number="1", zone="UTC")
        clinic.created_at = NOW
        session.add(clinic)
    return clinic_id


def add(clinic_id: UUID | None, row: object) -> None:
    with transaction(clinic_id) as session:
        session.add(row)


def patient_of(clinic_id: UUID, number: str = "1") -> Patient:
    return Patient(
        clinic_id=clinic_id,
        id=uuid4(),
        name="Ann",
        record_number=number,
        search_text="ann",
        born_on=None,
        created_at=NOW,
    )


def audit_of(clinic_id: UUID) -> AuditEvent:
    return AuditEvent(
        clinic_id=clinic_id,
        id=uuid4(),
        at=NOW,
        actor_kind="system",
        actor_id=None,
        action="a",
        target_kind="t",
        target_id=None,
        detail={},
    )
