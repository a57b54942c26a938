"""Statements of lab results."""

from datetime import datetime

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
from integration_api.resources.care.lab_results.tables import LabResultRow, LabResultTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_results, _sessions = table_of(LabResultTable), table_of(SessionTable)
_since = param("since", _sessions.c.first_dose_at)
_filters = (
    optional(_results.c.analyte),
    _results.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_results.c.taken_at, "taken_after", "taken_before"),
)

READ_LAB_RESULT = Read(
    "read_lab_result",
    chart_rows(LabResultTable).where(_results.c.id == param("id", _results.c.id)),
    LabResultRow,
    Scope.OWNER,
)
LIST_LAB_RESULTS = Read(
    "list_lab_results", list_by_chart(LabResultTable, "taken_at", *_filters), LabResultRow, Scope.OWNER
)
LIST_TEAM_LAB_RESULTS = Read(
    "list_team_lab_results", list_by_team(LabResultTable, "taken_at", *_filters), LabResultRow, Scope.OWNER
)
LAB_RESULTS_BY_IDS = Read("lab_results_by_ids", rows_by_ids(LabResultTable), LabResultRow, Scope.OWNER)
LAB_RESULTS = ChartList(
    LIST_LAB_RESULTS, LIST_TEAM_LAB_RESULTS, LAB_RESULTS_BY_IDS, at="taken_at", bound="taken_before"
)


class LiverTest(BaseModel):
    """When a liver value was measured."""

    taken_at: datetime


LAST_LIVER_TEST = Read(
    "last_liver_test",
    sa.select(_results.c.taken_at)
    .where(
        in_clinic(_results),
        visible(_results.c.patient_id),
        _results.c.patient_id == param("patient_id", _results.c.patient_id),
        _results.c.withdrawn_at.is_(None),
        _results.c.taken_at <= param("given_at", _results.c.taken_at),
        _results.c.id != param("without_id", _results.c.id),
    )
    .order_by(_results.c.taken_at.desc(), _results.c.id.desc())
    .limit(1),
    LiverTest,
    Scope.OWNER,
)
"""The last liver value before a dose."""


class Sessions(BaseModel):
    """A number of sessions."""

    sessions: int


SESSIONS_SINCE = Read(
    "sessions_dosed_since_liver_test",
    sa.select(sa.func.count().label("sessions")).where(
        in_clinic(_sessions),
        visible(_sessions.c.patient_id),
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        _sessions.c.first_dose_at.is_not(None),
        sa.or_(_since.is_(None), _sessions.c.first_dose_at > _since),
    ),
    Sessions,
    Scope.OWNER,
)
"""The sessions whose first dose came after a liver value; without one, all that have a dose."""
INSERT_LAB_RESULT = Change("insert_lab_result", insert_for_chart(LabResultTable), Scope.OWNER)
WITHDRAW_LAB_RESULT = Change(
    "withdraw_lab_result",
    update_in_chart(
        LabResultTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _results.c.withdrawn_at.is_(None)
    ),
    Scope.OWNER,
)

declare(LabResultTable, of_chart("lab_result"))
