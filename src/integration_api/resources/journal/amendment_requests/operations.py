"""Operations on amendment requests."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_AMENDMENT_REQUESTS = Operation("amendment_request:list", "amendment_request.listed", PATIENT | TEAM)
CREATE_AMENDMENT_REQUEST = Operation("amendment_request:create", "amendment_request.created", PATIENT | TEAM)
READ_AMENDMENT_REQUEST = Operation("amendment_request:read", "amendment_request.read", PATIENT | TEAM)
ACCEPT_AMENDMENT_REQUEST = Operation("amendment_request:accept", "amendment_request.accepted", TEAM)
DENY_AMENDMENT_REQUEST = Operation("amendment_request:deny", "amendment_request.denied", TEAM)
EXTEND_AMENDMENT_REQUEST = Operation("amendment_request:extend", "amendment_request.extended", TEAM)
