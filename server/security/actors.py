"""Who is acting: values that guards make and services take."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in clinician."""

    clinic_id: UUID
    clinician_id: UUID
    session_id: UUID
    name: str
    email: str
    role: str
    one_time: bool = False
    """Signed in by a password that somebody else knows: may only choose another one."""

    kind = "clinician"

    @property
    def actor_id(self) -> UUID:
        """The id that the audit names."""
        return self.clinician_id


@dataclass(frozen=True, slots=True)
class Phone:
    """An enrolled phone, which stands for its patient."""

    clinic_id: UUID
    patient_id: UUID
    device_id: UUID

    kind = "device"

    @property
    def actor_id(self) -> UUID:
        """The id that the audit names."""
        return self.device_id


@dataclass(frozen=True, slots=True)
class System:
    """The worker, the operator's command line, or a phone that is not enrolled yet."""

    clinic_id: UUID
    kind: str = "system"
    actor_id: None = None


Actor = Staff | Phone | System
