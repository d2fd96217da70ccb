"""The tables, one subject a file."""

from server.persistence.tables.alert import Alert
from server.persistence.tables.audit import AuditEvent
from server.persistence.tables.clinic import Clinic
from server.persistence.tables.clinician import Clinician, StaffSession
from server.persistence.tables.entry import Entry, EntryRevision, Quarantine
from server.persistence.tables.episode import Episode, EpisodeRevision
from server.persistence.tables.patient import Device, Enrolment, Patient
from server.persistence.tables.reading import Reading
from server.persistence.tables.tenancy import SHARED_TABLES, ServerState, SignIn, SignInAttempt, Tenant

__all__ = [
    "SHARED_TABLES",
    "Alert",
    "AuditEvent",
    "Clinic",
    "Clinician",
    "Device",
    "Enrolment",
    "Entry",
    "EntryRevision",
    "Episode",
    "EpisodeRevision",
    "Patient",
    "Quarantine",
    "Reading",
    "ServerState",
    "SignIn",
    "SignInAttempt",
    "StaffSession",
    "Tenant",
]
