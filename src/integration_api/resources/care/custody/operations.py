"""Operations on containers of controlled drugs and their registers."""

from integration_api.access.operations import ADMINS, CLINICIANS, CLINICIANS_OF_CLINIC, STAFF, Operation

LIST_CUSTODY_CONTAINERS = Operation("custody:list", "custody.listed", STAFF)
CREATE_CUSTODY_CONTAINER = Operation("custody:create", "custody.container_created", ADMINS)
READ_CUSTODY_CONTAINER = Operation("custody:read", "custody.read", STAFF)
READ_CUSTODY_REGISTER = Operation("custody:read_register", "custody.register_read", STAFF)
RECORD_CUSTODY_ENTRY = Operation("custody:record", "custody.recorded", CLINICIANS_OF_CLINIC)
ADMINISTER_FROM_CONTAINER = Operation("custody:administer", "custody.administered", CLINICIANS)
DISPENSE_FROM_CONTAINER = Operation("custody:dispense", "custody.dispensed", CLINICIANS)
REVERSE_CUSTODY_ENTRY = Operation("custody:reverse", "custody.reversed", CLINICIANS)
WITNESS_CUSTODY_ENTRY = Operation("custody:witness", "custody.witnessed", STAFF, needs_step_up=True)
