"""Who a patient is, as staff are told on every list."""

from typing import Any

from sqlalchemy import Row

from server.persistence.tables import Patient


def identity(patient: Patient | Row[Any]) -> dict[str, Any]:
    """Name, record number and day of birth, with the id that pages are opened by."""
    return {
        "patient_id": patient.id,
        "name": patient.name,
        "record_number": patient.record_number,
        "born_on": patient.born_on,
    }
