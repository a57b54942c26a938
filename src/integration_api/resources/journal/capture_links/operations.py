"""Operations on capture links, and those that their token is for."""

from integration_api.access.operations import CAPTURE, CLINICIANS, PATIENT, TEAM, Operation
from integration_api.resources.journal.capture_links.capture_errors import lines_beside

READ_CAPTURE_LINK = Operation("capture_link:read", "capture_link.read", PATIENT | TEAM)
CREATE_CAPTURE_LINK = Operation("capture_link:create", "capture_link.created", CLINICIANS)
DELETE_CAPTURE_LINK = Operation("capture_link:delete", "capture_link.revoked", PATIENT | CLINICIANS)
READ_CAPTURE = Operation(
    "capture:read",
    "capture.opened",
    PATIENT,
    is_private=True,
    takes_capture_links=True,
    beside=lines_beside,
)
CREATE_CAPTURE = Operation(
    CAPTURE,
    "capture.written",
    PATIENT,
    is_private=True,
    takes_capture_links=True,
    beside=lines_beside,
)
"""The token of a link opens these two and a call for help, and nothing else."""
