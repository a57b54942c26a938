"""Operations on containers of controlled drugs, their registers, and on counts of what is left at home."""

from integration_api.access.operations import (
    ADMINS,
    CLINICIANS,
    CLINICIANS_OF_CLINIC,
    PATIENT,
    STAFF,
    TEAM,
    Operation,
)
from integration_api.resources.care.orders.operations import PRESCRIBERS

LIST_CUSTODY_CONTAINERS = Operation("custody:list", "custody.listed", STAFF)
CREATE_CUSTODY_CONTAINER = Operation("custody:create", "custody.container_created", ADMINS)
READ_CUSTODY_CONTAINER = Operation("custody:read", "custody.read", STAFF)
READ_CUSTODY_REGISTER = Operation("custody:read_register", "custody.register_read", STAFF)
RECORD_CUSTODY_ENTRY = Operation("custody:record", "custody.recorded", CLINICIANS_OF_CLINIC)
ADMINISTER_FROM_CONTAINER = Operation("custody:administer", "custody.administered", CLINICIANS)
DISPENSE_FROM_CONTAINER = Operation("custody:dispense", "custody.dispensed", CLINICIANS)
REVERSE_CUSTODY_ENTRY = Operation("custody:reverse", "custody.reversed", CLINICIANS)
WITNESS_CUSTODY_ENTRY = Operation("custody:witness", "custody.witnessed", STAFF, needs_step_up=True)
READ_HOME_SUPPLY = Operation("home_count:read_supply", "home_count.supply_read", PATIENT | TEAM)
LIST_HOME_COUNTS = Operation("home_count:list", "home_count.listed", PATIENT | TEAM)
CREATE_HOME_COUNT = Operation("home_count:create", "home_count.created", PATIENT | CLINICIANS)
READ_HOME_COUNT = Operation("home_count:read", "home_count.read", PATIENT | TEAM)
DECIDE_REFILL = Operation("home_count:decide_refill", "home_count.refill_decided", PRESCRIBERS)
