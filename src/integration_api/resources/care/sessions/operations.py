"""Operations on sessions."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

READ_AS = ("Encounter", "Procedure")
"""The types of FHIR as which programs read them."""
LIST_SESSIONS = Operation("session:list", "session.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_SESSION = Operation("session:create", "session.created", CLINICIANS)
READ_SESSION = Operation("session:read", "session.read", PATIENT | TEAM, programs_read=READ_AS)
UPDATE_SESSION = Operation("session:update", "session.updated", CLINICIANS)
LIST_SESSION_VERSIONS = Operation("session:list_versions", "session.versions_listed", PATIENT | TEAM)
START_SESSION = Operation("session:start", "session.started", CLINICIANS)
COMPLETE_SESSION = Operation("session:complete", "session.completed", CLINICIANS)
CANCEL_SESSION = Operation("session:cancel", "session.cancelled", CLINICIANS)
NO_SHOW_SESSION = Operation("session:no_show", "session.no_show", CLINICIANS)

CORRECTED = Event("session.corrected")
"""In place of `session.updated`, if the session was over."""
