"""Statements of incidents, as jobs keep them: they have no actor, and name the clinic themselves."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.resources.attention.roster.tables import IncidentTable
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of

_incidents = table_of(IncidentTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_clinic_id = param("clinic_id", _incidents.c.clinic_id)
_JOB = "run by the jobs of the roster and of flags: ids and times, and nothing of a chart"


class KnownIncident(BaseModel):
    """An incident that is kept already."""

    id: UUID


READ_INCIDENT = Read(
    "read_roster_incident", sa.select(_incidents.c.id).where(row_key(_incidents)), KnownIncident, Scope.SYSTEM, _JOB
)
_known = _incidents.alias("known_incident")
INSERT_INCIDENT = Change(
    "insert_roster_incident",
    insert_rows(
        IncidentTable,
        ~sa.select(_ONE).where(_known.c.clinic_id == _clinic_id, _known.c.id == param("id", _known.c.id)).exists(),
    ),
    Scope.SYSTEM,
    _JOB,
)
"""Once: its id follows from what failed."""
