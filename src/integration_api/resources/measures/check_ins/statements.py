"""Statements of check-ins, and what they read of windows and doses."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
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
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.tables import ArcWindowRow, ArcWindowTable
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.measures.check_ins.tables import CheckInRow, CheckInTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

MAX_EARLIER = 5
"""The check-ins before one that its rules look at, and those after one that arrives late."""
_check_ins, _windows, _doses = table_of(CheckInTable), table_of(ArcWindowTable), table_of(DoseTable)
_stands = _check_ins.c.withdrawn_at.is_(None)
_filters = (
    optional(_check_ins.c.arc_window_id),
    _check_ins.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_check_ins.c.happened_at, "happened_after", "happened_before"),
)

READ_CHECK_IN = Read(
    "read_check_in",
    chart_rows(CheckInTable).where(_check_ins.c.id == param("id", _check_ins.c.id)),
    CheckInRow,
    Scope.OWNER,
)
LIST_CHECK_INS = Read("list_check_ins", list_by_chart(CheckInTable, "happened_at", *_filters), CheckInRow, Scope.OWNER)
LIST_TEAM_CHECK_INS = Read(
    "list_team_check_ins", list_by_team(CheckInTable, "happened_at", *_filters), CheckInRow, Scope.OWNER
)
CHECK_INS_BY_IDS = Read("check_ins_by_ids", rows_by_ids(CheckInTable), CheckInRow, Scope.OWNER)
CHECK_INS = ChartList(LIST_CHECK_INS, LIST_TEAM_CHECK_INS, CHECK_INS_BY_IDS, at="happened_at", bound="happened_before")
EARLIER_CHECK_INS = Read(
    "earlier_check_ins",
    chart_rows(CheckInTable)
    .where(
        _check_ins.c.patient_id == param("patient_id", _check_ins.c.patient_id),
        _check_ins.c.happened_at < param("happened_at", _check_ins.c.happened_at),
        _check_ins.c.id != param("other_than_id", _check_ins.c.id),
        _stands,
    )
    .order_by(_check_ins.c.happened_at.desc(), _check_ins.c.id.desc())
    .limit(MAX_EARLIER),
    CheckInRow,
    Scope.OWNER,
)
LATER_CHECK_INS = Read(
    "later_check_ins",
    chart_rows(CheckInTable)
    .where(
        _check_ins.c.patient_id == param("patient_id", _check_ins.c.patient_id),
        _check_ins.c.happened_at > param("happened_at", _check_ins.c.happened_at),
        _check_ins.c.id != param("other_than_id", _check_ins.c.id),
        _stands,
    )
    .order_by(_check_ins.c.happened_at, _check_ins.c.id)
    .limit(MAX_EARLIER),
    CheckInRow,
    Scope.OWNER,
)
"""The check-ins that came next after one that arrives late."""
WINDOW_AT = Read(
    "arc_window_at",
    chart_rows(ArcWindowTable)
    .where(
        _windows.c.patient_id == param("patient_id", _windows.c.patient_id),
        _windows.c.state == ArcState.OPEN,
        _windows.c.opens_at <= param("happened_at", _windows.c.opens_at),
        _windows.c.closes_at > param("happened_at", _windows.c.closes_at),
    )
    .order_by(_windows.c.due_at, _windows.c.id)
    .limit(1),
    ArcWindowRow,
    Scope.OWNER,
)
"""The window that waits for an answer at this time; of several, the one that is due first."""


class DoseBefore(BaseModel):
    """When the last dose before was given and recorded, and in which session."""

    session_id: UUID
    given_at: datetime
    created_at: datetime


LAST_DOSE_BEFORE = Read(
    "last_dose_before",
    sa.select(_doses.c.session_id, _doses.c.given_at, _doses.c.created_at)
    .where(
        in_clinic(_doses),
        visible(_doses.c.patient_id),
        _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
        _doses.c.withdrawn_at.is_(None),
        _doses.c.given_at <= param("happened_at", _doses.c.given_at),
    )
    .order_by(_doses.c.given_at.desc(), _doses.c.id.desc())
    .limit(1),
    DoseBefore,
    Scope.OWNER,
)
INSERT_CHECK_IN = Change("insert_check_in", insert_for_chart(CheckInTable), Scope.OWNER)
WITHDRAW_CHECK_IN = Change(
    "withdraw_check_in",
    update_in_chart(CheckInTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _stands),
    Scope.OWNER,
)

declare(CheckInTable, of_chart("check_in"))
