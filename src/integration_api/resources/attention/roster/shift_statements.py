"""The Statement of the shifts of a clinic, as jobs read them: they have no actor, and name the clinic themselves."""

import sqlalchemy as sa

from integration_api.resources.attention.roster.rules import MAX_SHIFTS
from integration_api.resources.attention.roster.statements import CAN_BE_CALLED, STANDING, to_staff
from integration_api.resources.attention.roster.tables import ShiftRow, ShiftTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_shifts = table_of(ShiftTable)
_clinic_id = param("clinic_id", _shifts.c.clinic_id)
_JOB = "run by the jobs of the roster and of flags: ids and times, and nothing of a chart"

SHIFTS_OF_CLINIC = Read(
    "shifts_of_clinic",
    sa.select(*_shifts.c)
    .join(*to_staff)
    .where(_shifts.c.clinic_id == _clinic_id, *STANDING, *CAN_BE_CALLED)
    .order_by(_shifts.c.last_on, _shifts.c.id)
    .limit(MAX_SHIFTS),
    ShiftRow,
    Scope.SYSTEM,
    _JOB,
)
