"""Who may call what: one row for each route. A route without a row is refused, and a test finds it."""

from __future__ import annotations

from typing import Final

EVERYBODY: Final = frozenset({"everybody"})
"""Reads without health data, or behind a secret of their own: pages, health checks, a calendar's address."""
GUEST: Final = frozenset({"guest"})
"""Changes made before anybody is known: signing in, redeeming an invitation."""
PHONE: Final = frozenset({"phone"})
STAFF: Final = frozenset({"physician", "nurse", "admin", "auditor"})
CARE: Final = frozenset({"physician", "nurse", "admin"})
"""Who enters patients and injections, and hands out phones."""
TREATING: Final = frozenset({"physician", "nurse"})
EXPORTING: Final = frozenset({"physician", "admin"})
"""Who takes the data of the whole clinic out, and whole files in."""
ANALYSING: Final = frozenset({"physician", "admin", "auditor"})
"""Who sees all readings of the clinic together."""
ADMIN: Final = frozenset({"admin"})
OVERSIGHT: Final = frozenset({"admin", "auditor"})
"""Who sees how the clinic is set up, and what was changed."""
PHYSICIAN: Final = frozenset({"physician"})

ACCESS: Final[dict[str, frozenset[str]]] = {
    "health.Health": EVERYBODY,
    "health.Readiness": EVERYBODY,
    "health.Metrics": EVERYBODY,
    "api-docs.openapi_json": EVERYBODY,
    "documentation.page": EVERYBODY,
    "documentation.file": EVERYBODY,
    "web.page": EVERYBODY,
    "web.clinic_page": EVERYBODY,
    "web.file": EVERYBODY,
    "web.worker": EVERYBODY,
    "enrolment.Redeem": GUEST,
    "diary.Sync": PHONE,
    "diary.Diary": PHONE,
    "diary.OwnPage": PHONE,
    "diary.OwnDevice": PHONE,
    "reminders.Choices": PHONE,
    "reminders.Presence": PHONE,
    "reminders.CalendarAddress": PHONE,
    "reminders.CalendarFile": PHONE,
    "reminders.Test": PHONE,
    "reminders.Snooze": PHONE,
    "reminders.State": PHONE,
    "reminders.Shown": PHONE,
    "reminders.Clicked": PHONE,
    "calendar.Feed": EVERYBODY,
    "language.PatientLanguage": PHONE,
    "language.Leaflets": PHONE,
    "sessions.SignIn": GUEST,
    "sessions.Session": STAFF,
    "clinic.Settings": STAFF,
    "clinic.Settings:PUT": ADMIN,
    "safety-texts.SafetyTexts": STAFF,
    "safety-texts.Acceptance": PHYSICIAN,
    "safety-texts.LeafletAcceptance": PHYSICIAN,
    "episodes.Episodes": STAFF,
    "episodes.Episodes:POST": CARE,
    "episodes.Search": STAFF,
    "episodes.Pulse": STAFF,
    "episodes.FilterChoices": STAFF,
    "episodes.Episode": STAFF,
    "episodes.Episode:PUT": CARE,
    "episodes.Invitation": CARE,
    "episodes.Reading": STAFF,
    "episodes.Chart": STAFF,
    "episodes.Entries": STAFF,
    "inbox.Inbox": STAFF,
    "inbox.Count": STAFF,
    "inbox.Record": STAFF,
    "inbox.Record:POST": TREATING,
    "inbox.Conflict": STAFF,
    "inbox.Conflict:POST": TREATING,
    "sign-off.SignOff": STAFF,
    "sign-off.SignOff:POST": PHYSICIAN,
    "sessions.Password": STAFF,
    "criteria.Criteria": OVERSIGHT,
    "criteria.Criteria:PUT": ADMIN,
    "criteria.Comparison": ADMIN,
    "phones.Phones": CARE,
    "phones.Enrolment": CARE,
    "staff.Everybody": OVERSIGHT,
    "staff.Everybody:POST": ADMIN,
    "staff.Colleague": ADMIN,
    "staff.Active": ADMIN,
    "staff.OneTimePassword": ADMIN,
    "audit.Trail": OVERSIGHT,
    "audit.Table": OVERSIGHT,
    "recovery.Today": TREATING,
    "recovery.Score": TREATING,
    "recovery.Injection": TREATING,
    "recovery.Complication": TREATING,
    "reports.EpisodeReport": STAFF,
    "reports.EpisodeText": STAFF,
    "reports.PatientPage": CARE,
    "reports.Comparison": STAFF,
    "reports.Overlay": STAFF,
    "reports.PassportText": STAFF,
    "reports.PassportPage": STAFF,
    "cohort.View": ANALYSING,
    "cohort.Channels": ANALYSING,
    "cohort.Figure": ANALYSING,
    "cohort.Table": ANALYSING,
    "exports.ClinicTables": EXPORTING,
    "exports.ClinicDiaries": EXPORTING,
    "imports.Imports": EXPORTING,
    "exports.EpisodeTables": CARE,
    "exports.EpisodeDiary": CARE,
    "exports.EpisodeBundle": CARE,
    "episodes.Device": CARE,
    "alerts.Queue": STAFF,
    "alerts.Load": STAFF,
    "alerts.Alert": STAFF,
    "alerts.Acknowledgement": TREATING,
    "alerts.Owner": TREATING,
    "alerts.Attempts": TREATING,
    "alerts.Outcome": TREATING,
    "settings.Parts": OVERSIGHT,
    "settings.Versions": OVERSIGHT,
    "settings.Messages": OVERSIGHT,
    "settings.Hours": ADMIN,
    "settings.Contacts": ADMIN,
    "settings.ContactTest": ADMIN,
    "settings.Channels": ADMIN,
    "settings.Leaflet": ADMIN,
    "settings.Protocols": STAFF,
    "settings.Protocol": ADMIN,
    "settings.Digest": CARE,
}


def allowed(endpoint: str, method: str) -> frozenset[str]:
    """Who may call an endpoint with a method; nobody when the table has no row for it."""
    reading = "GET" if method == "HEAD" else method
    return ACCESS.get(f"{endpoint}:{reading}", ACCESS.get(endpoint, frozenset()))
