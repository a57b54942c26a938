"""Operations on copies for record requests. The job of exports makes them."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_RECORD_COPIES = Operation("record_copy:list", "record_copy.listed", PATIENT | TEAM)
CREATE_RECORD_COPY = Operation("record_copy:create", "record_copy.asked", TEAM, needs_step_up=True)
READ_RECORD_COPY = Operation("record_copy:read", "record_copy.read", PATIENT | TEAM)
READ_RECORD_COPY_CONTENT = Operation(
    "record_copy:download", "record_copy.downloaded", PATIENT | TEAM, needs_step_up=True
)
FULFIL_RECORD_REQUEST = Operation("record_request:fulfil", "record_request.fulfilled", TEAM)
