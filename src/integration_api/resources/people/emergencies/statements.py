"""Statements of emergency access."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.binding_check import Check
from integration_api.access.tables import AccountTable, CareTeamBasis, CareTeamRow, CareTeamTable
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_granted_now,
    is_member_now,
    list_by_team,
    update_in_chart,
    visible,
)
from integration_api.resources.people.emergencies.rules import ReviewOutcome
from integration_api.resources.people.emergencies.tables import EmergencyRow, EmergencyTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_patients, _accounts, _team, _emergencies = (
    table_of(PatientTable),
    table_of(AccountTable),
    table_of(CareTeamTable),
    table_of(EmergencyTable),
)


class ChartToOpen(BaseModel):
    """A chart, by its id alone: the patient's own account, and how the actor stands to the chart."""

    id: UUID
    is_member: bool
    account_id: UUID | None
    last_ordinal: int
    open_until: datetime | None
    is_barred: bool


_actors_own = (
    in_clinic(_emergencies),
    _emergencies.c.patient_id == _patients.c.id,
    _emergencies.c.account_id == sa.bindparam("actor_id", type_=sa.Uuid()),
)
_last_ordinal = sa.select(sa.func.coalesce(sa.func.max(_emergencies.c.ordinal), 0)).where(*_actors_own)
_open_until = (
    sa.select(sa.func.max(_team.c.ends_at))
    .join(_emergencies, sa.and_(_emergencies.c.clinic_id == _team.c.clinic_id, _emergencies.c.id == _team.c.id))
    .where(*_actors_own, _team.c.patient_id == _emergencies.c.patient_id, is_granted_now(_team))
)
_bars: sa.Select[tuple[str]] = sa.select(sa.literal_column("1")).where(
    *_actors_own, _emergencies.c.outcome == ReviewOutcome.NOT_JUSTIFIED, _emergencies.c.bar_lifted_at.is_(None)
)

CHART_TO_OPEN = Read(
    "chart_to_open",
    sa.select(
        _patients.c.id,
        is_member_now(_patients.c.id).label("is_member"),
        _accounts.c.id.label("account_id"),
        _last_ordinal.scalar_subquery().label("last_ordinal"),
        _open_until.scalar_subquery().label("open_until"),
        _bars.exists().label("is_barred"),
    )
    .outerjoin(
        _accounts, sa.and_(_accounts.c.clinic_id == _patients.c.clinic_id, _accounts.c.patient_id == _patients.c.id)
    )
    .where(in_clinic(_patients), visible(_patients.c.id), _patients.c.id == param("id", _patients.c.id)),
    ChartToOpen,
    Scope.OWNER,
)

INSERT_EMERGENCY = Change("insert_emergency", insert_for_chart(EmergencyTable), Scope.OWNER)

READ_EMERGENCY = Read(
    "read_emergency",
    chart_rows(EmergencyTable).where(_emergencies.c.id == param("id", _emergencies.c.id)),
    EmergencyRow,
    Scope.OWNER,
)

LIST_EMERGENCIES = Read("list_emergencies", list_by_team(EmergencyTable, "created_at"), EmergencyRow, Scope.OWNER)

REVIEW_EMERGENCY = Change(
    "review_emergency",
    update_in_chart(EmergencyTable, ("reviewed_at", "reviewed_by_id", "outcome"), _emergencies.c.reviewed_at.is_(None)),
    Scope.OWNER,
)

LIFT_BAR = Change(
    "lift_emergency_bar",
    update_in_chart(
        EmergencyTable,
        ("bar_lifted_at", "bar_lifted_by_id"),
        _emergencies.c.outcome == ReviewOutcome.NOT_JUSTIFIED,
        _emergencies.c.bar_lifted_at.is_(None),
    ),
    Scope.OWNER,
)

READ_GRANT_THAT_LASTS = Read(
    "read_emergency_grant_that_lasts",
    chart_rows(CareTeamTable).where(
        _team.c.patient_id == param("patient_id", _team.c.patient_id),
        _team.c.account_id == param("account_id", _team.c.account_id),
        _team.c.basis == CareTeamBasis.EMERGENCY,
        is_granted_now(_team),
    ),
    CareTeamRow,
    Scope.OWNER,
)
"""One at most: a person opens a chart again only when their access has ended."""

CHECK_EMERGENCIES = Check(EmergencyTable)
