/** Audit codes in words; a code without words is shown readably. */
type Words = Readonly<Record<string, string>>;

export const ACTORS: Words = { clinician: "staff", device: "patient's phone", system: "the system", guest: "a phone not connected" };

export const TARGETS: Words = {
  clinic: "clinic",
  clinician: "person",
  patient: "patient",
  episode: "episode",
  device: "phone",
  alert: "alert",
  reminder: "reminder",
  acceptance: "patient texts",
};

export const ACTIONS: Words = {
  "audit.view": "Read the audit trail",
  "audit.export": "Took the audit trail out",
  "clinic.add": "Added the clinic",
  "clinic.change": "Changed the clinic's numbers",
  "clinician.add": "Added a person",
  "clinician.change": "Changed a person",
  "clinician.deactivate": "Deactivated a person",
  "clinician.activate": "Let a person in again",
  "clinician.reset": "Reset a sign-in",
  "clinician.password": "Chose a password",
  "staff.list": "Looked at the people",
  "session.open": "Signed in",
  "session.close": "Signed out",
  "session.refused": "Sign-in refused",
  "patient.create": "Entered a patient",
  "episode.create": "Enrolled an episode",
  "episode.correct": "Changed a record",
  "episode.view": "Looked at an episode",
  "episodes.list": "Looked at the worklist",
  "entries.view": "Looked at a diary",
  "entry.write": "Wrote into a diary",
  "reading.view": "Looked at a reading",
  "reading.refresh": "Read again as time passed",
  "recovery.view": "Looked at the recovery room",
  "recovery.take-over": "Entered a colleague's tap",
  "diary.sync": "Phone sent and fetched",
  "diary.view": "Phone opened the diary",
  "enrolment.invite": "Made an invitation",
  "enrolment.redeem": "Connected a phone",
  "enrolment.revoke": "Ended an invitation",
  "enrolment.wrong-code": "Wrong code for an invitation",
  "device.revoke": "Disconnected a phone",
  "device.sign-out": "Patient signed a phone out",
  "settings.view": "Looked at the settings",
  "settings.change": "Changed the settings",
  "settings.history": "Looked at earlier settings",
  "alert.acknowledge": "Acknowledged an alert",
  "alert.attempt": "Noted an attempt to reach a patient",
  "alert.close": "Closed an alert",
  "alert.hand-over": "Handed an alert over",
  "alerts.list": "Looked at the alerts",
  "alert.view": "Looked at an alert",
  "cohort.view": "Looked at the cohort",
  "criteria.view": "Looked at the criteria",
  "criteria.change": "Chose other criteria",
  "reading.recompute": "Compared criteria",
  "export.entries": "Took entries out",
  "export.episodes": "Took episodes out",
  "export.impressions": "Took impressions out",
  "export.revisions": "Took versions out",
  "export.diaries": "Took diaries out",
  "export.fhir": "Took a FHIR bundle out",
  "report.episode": "Made a report",
  "report.passport": "Made a passport page",
  "passport.view": "Looked at a passport",
  "messages.list": "Looked at messages to staff",
  "phones.list": "Looked at the phones",
  "patient.language": "Patient chose a language",
  "alerts.load": "Looked at the alert load",
  "calendar.view": "Calendar fetched",
  "calendar.renew": "Patient renewed the calendar's address",
  "digest.choose": "Chose a digest",
  "enrolment.redeem-again": "Connected the same phone again",
  "entry.import": "Imported an entry",
  "leaflet.accept": "Accepted the leaflet",
  "message.test": "Sent a test message",
  "reminders.choose": "Patient chose reminders",
  "reminders.view": "Patient looked at reminders",
  "reminder.snooze": "Patient put a reminder off",
  "report.patient": "Patient made a report",
  "sign-off.sign": "Signed a reading",
  "sign-off.reopen": "A signed reading opened again",
  "sign-off.view": "Looked at a sign-off",
  "safety-texts.accept": "Accepted the safety texts",
};

/** An id by its first signs; the file has all of it. */
function short(value: unknown): string {
  const text = String(value);
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? `${text.slice(0, 8)}…` : text;
}

/** Ids, counts and codes of a row; long lists as their length. */
export function detailText(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([key, value]) => `${key.replaceAll("_", " ")}: ${Array.isArray(value) ? listText(value) : short(value)}`)
    .join(" · ");
}

function listText(value: unknown[]): string {
  return value.length > 3 ? `${value.length} of them` : value.map(short).join(", ") || "none";
}
