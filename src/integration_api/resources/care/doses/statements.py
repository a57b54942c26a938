"""Statements of doses."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tables import ClinicTable
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.tables import DoseRow, DoseTable, VitalTable
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_doses, _sessions, _clinics = table_of(DoseTable), table_of(SessionTable), table_of(ClinicTable)
_shown = shown_to_programs(_doses.c.patient_id)
_vitals = table_of(VitalTable)
_filters = (
    _shown,
    optional(_doses.c.session_id),
    optional(_doses.c.route),
    _doses.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_doses.c.given_at, "given_after", "given_before"),
)


class ReadingId(BaseModel):
    """A reading of vitals."""

    id: UUID


class GivenRow(BaseModel):
    """The facts of a dose that the rules read; none of its text."""

    id: UUID
    session_id: UUID
    order_id: UUID | None
    route: DoseRoute
    kind: DoseKind
    amount_mg: float
    weight_kg: float | None
    infusion_minutes: int | None
    devices: int | None
    given_at: datetime


_UNREAD = [column.name for column in _doses.c if column.name not in GivenRow.model_fields]

READ_DOSE = Read(
    "read_dose", chart_rows(DoseTable).where(_doses.c.id == param("id", _doses.c.id), _shown), DoseRow, Scope.OWNER
)
LIST_DOSES = Read("list_doses", list_by_chart(DoseTable, "given_at", *_filters), DoseRow, Scope.OWNER)
LIST_TEAM_DOSES = Read("list_team_doses", list_by_team(DoseTable, "given_at", *_filters), DoseRow, Scope.OWNER)
DOSES_BY_IDS = Read("doses_by_ids", rows_by_ids(DoseTable, _shown), DoseRow, Scope.OWNER)
DOSES = ChartList(LIST_DOSES, LIST_TEAM_DOSES, DOSES_BY_IDS, at="given_at", bound="given_before")
DOSES_OF_SESSION = Read(
    "doses_of_session",
    list_by_chart(
        DoseTable,
        "given_at",
        _doses.c.session_id == param("session_id", _doses.c.session_id),
        _doses.c.withdrawn_at.is_(None),
        without=_UNREAD,
    ),
    GivenRow,
    Scope.OWNER,
)
DOSES_UNTIL = Read(
    "doses_until",
    list_by_chart(
        DoseTable,
        "given_at",
        _doses.c.given_at <= param("given_until", _doses.c.given_at),
        _doses.c.withdrawn_at.is_(None),
        without=_UNREAD,
    ),
    GivenRow,
    Scope.OWNER,
)
INSERT_DOSE = Change("insert_dose", insert_for_chart(DoseTable), Scope.OWNER)
WITHDRAW_DOSE = Change(
    "withdraw_dose",
    update_in_chart(
        DoseTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _doses.c.withdrawn_at.is_(None)
    ),
    Scope.OWNER,
)
HIGH_BEFORE_DOSE = Read(
    "high_pressures_before_dose",
    sa.select(_vitals.c.id)
    .where(
        in_clinic(_vitals),
        visible(_vitals.c.patient_id),
        _vitals.c.patient_id == param("patient_id", _vitals.c.patient_id),
        _vitals.c.session_id == param("session_id", _vitals.c.session_id),
        _vitals.c.field == VitalField.BLOOD_PRESSURE,
        _vitals.c.withdrawn_at.is_(None),
        between(_vitals.c.taken_at, "taken_from", "taken_until"),
        sa.or_(
            _vitals.c.value > param("systolic", _vitals.c.value),
            _vitals.c.diastolic > param("diastolic", _vitals.c.diastolic),
        ),
    )
    .order_by(_vitals.c.taken_at.desc(), _vitals.c.id.desc())
    .limit(1),
    ReadingId,
    Scope.OWNER,
)
"""The last blood pressure of a time that is above the limit before a dose."""

declare(DoseTable, of_chart("dose"))
