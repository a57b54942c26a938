"""Operations on discharges."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation
from integration_api.resources.care.orders.operations import PRESCRIBERS

READ_DISCHARGE = Operation("discharge:read", "discharge.read", PATIENT | TEAM)
UPDATE_DISCHARGE = Operation("discharge:update", "discharge.updated", CLINICIANS)
OVERRIDE_DISCHARGE = Operation("discharge:override", "discharge.overridden", PRESCRIBERS)
