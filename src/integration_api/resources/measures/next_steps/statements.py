"""Statements of next steps: windows of a chart by the clock, and what was completed meanwhile."""

from datetime import datetime

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import chart_rows, in_clinic, visible
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.tables import ArcWindowRow, ArcWindowTable
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

MAX_AHEAD = 40
MAX_OVER = 5
MAX_COMPLETED = 100
_windows, _responses = table_of(ArcWindowTable), table_of(MeasureResponseTable)
_NOW = sa.bindparam("now", type_=_windows.c.closes_at.type)
_of_patient = _windows.c.patient_id == param("patient_id", _windows.c.patient_id)
_is_answered, _is_open = _windows.c.state == ArcState.ANSWERED, _windows.c.state == ArcState.OPEN

WINDOWS_AHEAD = Read(
    "arc_windows_ahead",
    chart_rows(ArcWindowTable)
    .where(_of_patient, sa.or_(_is_open, _is_answered), _windows.c.closes_at > _NOW)
    .order_by(_windows.c.due_at, _windows.c.id)
    .limit(MAX_AHEAD),
    ArcWindowRow,
    Scope.OWNER,
)
"""Those that have not closed: an answered one may still have open measures."""
WINDOWS_OVER = Read(
    "arc_windows_over",
    chart_rows(ArcWindowTable)
    .where(_of_patient, sa.or_(_is_answered, sa.and_(_is_open, _windows.c.closes_at <= _NOW)))
    .order_by(_windows.c.due_at.desc(), _windows.c.id.desc())
    .limit(MAX_OVER),
    ArcWindowRow,
    Scope.OWNER,
)


class CompletedMeasure(BaseModel):
    """An instrument that was answered, and when."""

    instrument_id: str
    happened_at: datetime


MEASURES_SINCE = Read(
    "measures_completed_since",
    sa.select(_responses.c.instrument_id, _responses.c.happened_at)
    .where(
        in_clinic(_responses),
        visible(_responses.c.patient_id),
        _responses.c.patient_id == param("patient_id", _responses.c.patient_id),
        _responses.c.state == ResponseState.COMPLETED,
        _responses.c.withdrawn_at.is_(None),
        _responses.c.happened_at >= param("since", _responses.c.happened_at),
    )
    .order_by(_responses.c.happened_at.desc(), _responses.c.id.desc())
    .limit(MAX_COMPLETED),
    CompletedMeasure,
    Scope.OWNER,
)
