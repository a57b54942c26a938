"""Statements behind the report on backups."""

import sqlalchemy as sa

from integration_api.access.tables import ClinicTable
from integration_api.ledger.statements import OneClinic
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_clinics = table_of(ClinicTable)
FIRST_CLINICS = Read(
    "first_clinics",
    sa.select(_clinics.c.clinic_id)
    .where(_clinics.c.clinic_id > param("last_clinic_id", _clinics.c.clinic_id))
    .order_by(_clinics.c.clinic_id)
    .limit(2),
    OneClinic,
    Scope.SYSTEM,
    "whether numbers of the whole database are those of one clinic; no id of it is told",
)
