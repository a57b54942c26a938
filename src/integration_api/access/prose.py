"""Prose and prescribers: whether somebody on a care team reads its notes and reflections, as SQL.

It is a POLICY of the clinic, `prescribers_read_prose`. With 0, a prescriber of the team reads doses, readings and
scores, but no note and no reflection of others. Every rule of who reads these asks it, so lists, views,
search, feed and the visibility of a thing agree.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.tables import CareTeamBasis, CareTeamRole, CareTeamTable, ClinicTable
from integration_api.access.visible import is_granted_now
from integration_api.storage.tables import table_of

POLICY = "prescribers_read_prose"
_CLOSED = f'"{POLICY}":0'
"""As the stored policies say it: compact JSON, in which no number begins with 0 but 0."""
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_SCOPE_CLINIC = sa.bindparam("scope_clinic", type_=sa.Boolean())
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_clinics, _team = table_of(ClinicTable), table_of(CareTeamTable).alias("team_of_prose")


def is_open_to_prescribers() -> sa.ColumnElement[bool]:
    """Match if prescribers read prose in the actor's clinic, which they do unless the clinic has said 0."""
    text = sa.type_coerce(_clinics.c.policies, sa.String())
    return (
        sa.select(_ONE)
        .where(
            _clinics.c.clinic_id == _CLINIC_ID,
            _clinics.c.id == _CLINIC_ID,
            sa.func.replace(text, _CLOSED, "") == text,
        )
        .correlate(None)
        .exists()
    )


def reads_prose(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a chart whose prose the actor reads: as its patient, or as more than a prescriber of its care team.

    By emergency access everybody reads it. It says nothing of who may see the chart.
    """
    as_more = (
        sa.select(_ONE)
        .where(
            _team.c.clinic_id == _CLINIC_ID,
            _team.c.patient_id == patient_id,
            _team.c.account_id == _ACTOR_ID,
            sa.or_(_team.c.role != CareTeamRole.PRESCRIBER, _team.c.basis == CareTeamBasis.EMERGENCY),
            is_granted_now(_team),
        )
        .exists()
    )
    return sa.or_(_SCOPE_PATIENT_ID.is_not(None), _SCOPE_CLINIC, is_open_to_prescribers(), as_more)
