"""Statements of the terms of a chart's flags: the clinic's policies, and whether a dosing session goes on."""

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ClinicTable
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.storage.statements import Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of

_clinics = table_of(ClinicTable)
_sessions = sa.Table(
    "sessions",
    sa.MetaData(),
    sa.Column("clinic_id", sa.Uuid()),
    sa.Column("patient_id", sa.Uuid()),
    sa.Column("phase", sa.String()),
    sa.Column("state", sa.String()),
)
"""The columns of a later room's table that say whether a dosing session goes on: no room before it imports that."""
_goes_on = (
    _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
    _sessions.c.phase == "dosing",
    _sessions.c.state == "in_progress",
)
_ONE: sa.ColumnElement[int] = sa.literal_column("1")


class FlagTerms(BaseModel):
    """The policies that a clinic has set itself, and whether a dosing session of the chart goes on."""

    policies: dict[str, int]
    in_session: bool


FLAG_TERMS = Read(
    "flag_terms",
    sa.select(
        _clinics.c.policies,
        any_for_row(sa.select(_ONE).where(in_clinic(_sessions), *_goes_on)).label("in_session"),
    ).where(in_clinic(_clinics), actor_is_current()),
    FlagTerms,
    Scope.CLINIC,
    "until when a flag of the chart is due: whether a session goes on, and nothing else of it",
)
"""In one place for whatever raises a flag. Source: clinical.md section 6, Due."""
_clinic_id = param("clinic_id", _clinics.c.clinic_id)
TERMS_FOR_CLOCK = Read(
    "flag_terms_for_clock",
    sa.select(
        _clinics.c.policies,
        any_for_row(sa.select(_ONE).where(_sessions.c.clinic_id == _clinic_id, *_goes_on)).label("in_session"),
    ).where(_clinics.c.clinic_id == _clinic_id),
    FlagTerms,
    Scope.SYSTEM,
    "run by the product itself, for one clinic: its policies, and whether a dosing session of a chart goes on",
)
