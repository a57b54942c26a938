"""Operations on home supplies and counts of them."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation
from integration_api.resources.care.orders.operations import PRESCRIBERS

READ_HOME_SUPPLY = Operation("home_count:read_supply", "home_count.supply_read", PATIENT | TEAM)
LIST_HOME_COUNTS = Operation("home_count:list", "home_count.listed", PATIENT | TEAM)
CREATE_HOME_COUNT = Operation("home_count:create", "home_count.created", PATIENT | CLINICIANS)
READ_HOME_COUNT = Operation("home_count:read", "home_count.read", PATIENT | TEAM)
DECIDE_REFILL = Operation("home_count:decide_refill", "home_count.refill_decided", PRESCRIBERS)
