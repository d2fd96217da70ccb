"""The tables, one subject a file."""

from server.persistence.tables.acceptance import TextAcceptance
from server.persistence.tables.alert import Alert, AlertEvent
from server.persistence.tables.audit import AuditEvent
from server.persistence.tables.clinic import Clinic
from server.persistence.tables.clinician import Clinician, StaffSession
from server.persistence.tables.cohort import CohortRow
from server.persistence.tables.entry import Entry, EntryRevision, Quarantine
from server.persistence.tables.episode import Episode, EpisodeRevision
from server.persistence.tables.inbox import InboxDecision
from server.persistence.tables.message import StaffMessage
from server.persistence.tables.patient import Device, Enrolment, Patient
from server.persistence.tables.reading import Reading
from server.persistence.tables.reminder import (
    Delivery,
    PromptPlan,
    PushSubscription,
    Reminder,
    ReminderSetting,
)
from server.persistence.tables.setting import ClinicSetting, DigestChoice
from server.persistence.tables.sign_off import SignOff
from server.persistence.tables.tenancy import (
    SHARED_TABLES,
    ServerState,
    SignIn,
    SignInAttempt,
    Tenant,
    WorkerState,
)

__all__ = [
    "SHARED_TABLES",
    "Alert",
    "AlertEvent",
    "AuditEvent",
    "Clinic",
    "ClinicSetting",
    "Clinician",
    "CohortRow",
    "Delivery",
    "Device",
    "DigestChoice",
    "Enrolment",
    "Entry",
    "EntryRevision",
    "Episode",
    "EpisodeRevision",
    "InboxDecision",
    "Patient",
    "PromptPlan",
    "PushSubscription",
    "Quarantine",
    "Reading",
    "Reminder",
    "ReminderSetting",
    "ServerState",
    "SignIn",
    "SignInAttempt",
    "SignOff",
    "StaffMessage",
    "StaffSession",
    "Tenant",
    "TextAcceptance",
    "WorkerState",
]
