"""Operations of a sandbox. They need no sign-in: nobody in a sandbox is real."""

from integration_api.access.operations import Operation

CREATE_SANDBOX_CLINIC = Operation("sandbox:create_clinic", None, is_public=True, is_of_sandbox=True)
READ_SANDBOX_CLOCK = Operation("sandbox:read_clock", None, is_public=True, is_of_sandbox=True)
MOVE_SANDBOX_CLOCK = Operation("sandbox:move_clock", None, is_public=True, is_of_sandbox=True)
MAKE_SANDBOX_EVENT = Operation("sandbox:make_event", None, is_public=True, is_of_sandbox=True)
