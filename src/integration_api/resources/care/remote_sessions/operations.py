"""Operations on remote sessions."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation
from integration_api.resources.care.remote_sessions.answered_lines import lines_beside

READ_REMOTE_SESSION = Operation("remote_session:read", "remote_session.read", PATIENT | TEAM)
UPDATE_REMOTE_SESSION = Operation("remote_session:update", "remote_session.updated", CLINICIANS)
LIST_REMOTE_SESSION_VERSIONS = Operation(
    "remote_session:list_versions", "remote_session.versions_listed", PATIENT | TEAM
)
CREATE_SUPPORT_TOKEN = Operation("support_token:create", "support_token.created", CLINICIANS)
DELETE_SUPPORT_TOKEN = Operation("support_token:delete", "support_token.revoked", CLINICIANS)
READ_OBSERVER_WATCH = Operation("observer_watch:read", "observer_watch.read", PATIENT | TEAM)
RECORD_LINK_EVENTS = Operation("link_event:record", "link_event.recorded", CLINICIANS)
RECORD_OBSERVER_CHECKS = Operation(
    "observer_check:record", "observer_check.recorded", is_public=True, beside=lines_beside
)
"""A support person has no account: the token in the body is the proof."""
