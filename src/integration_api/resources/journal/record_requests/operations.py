"""Operations on record requests. Making a copy and fulfilling a request stand with `record_copies`."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_RECORD_REQUESTS = Operation("record_request:list", "record_request.listed", PATIENT | TEAM)
CREATE_RECORD_REQUEST = Operation("record_request:create", "record_request.created", PATIENT | TEAM)
READ_RECORD_REQUEST = Operation("record_request:read", "record_request.read", PATIENT | TEAM)
EXTEND_RECORD_REQUEST = Operation("record_request:extend", "record_request.extended", TEAM)
DENY_RECORD_REQUEST = Operation("record_request:deny", "record_request.denied", TEAM)
