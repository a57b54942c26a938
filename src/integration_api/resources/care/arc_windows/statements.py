"""Statements of protocols and of windows of the integration arc."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    actor_is_current,
    chart_rows,
    clinic_rows,
    in_clinic,
    insert_for_chart,
    insert_for_clinic,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.arc_windows.rules import AGAIN, ArcState
from integration_api.resources.care.arc_windows.tables import (
    ArcProtocolRow,
    ArcProtocolTable,
    ArcWindowRow,
    ArcWindowTable,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

MAX_WINDOWS = 200
"""The windows of one session, and the open ones of the chart beside them, that a dose looks at."""
_protocols, _windows = table_of(ArcProtocolTable), table_of(ArcWindowTable)
_NOW = sa.bindparam("now", type_=_windows.c.closes_at.type)
_is_over = _windows.c.closes_at <= _NOW
is_open = sa.and_(_windows.c.state == ArcState.OPEN, _windows.c.closes_at > _NOW)
"""Matches a window that can still be answered, or will be."""


def _in_state() -> sa.ColumnElement[bool]:
    """Match the state that a list asks for, as the clock makes it; null matches all."""
    value = sa.bindparam("state", type_=_windows.c.state.type)
    word = sa.cast(value, sa.String)  # an enum is bound untyped
    is_stored = sa.and_(
        _windows.c.state == value, sa.or_(_windows.c.state != ArcState.OPEN, _windows.c.closes_at > _NOW)
    )
    is_missed = sa.and_(word == ArcState.MISSED.value, _windows.c.state == ArcState.OPEN, _is_over)
    return sa.or_(word.is_(None), is_stored, is_missed)


_filters = (
    optional(_windows.c.session_id),
    optional(_windows.c.kind),
    _in_state(),
    between(_windows.c.due_at, "due_after", "due_before"),
)

READ_PROTOCOL = Read(
    "read_arc_protocol",
    clinic_rows(ArcProtocolTable).where(_protocols.c.version > 0).order_by(_protocols.c.version.desc()).limit(1),
    ArcProtocolRow,
    Scope.CLINIC,
)
"""The newest version; no row if the clinic has none of its own.

Every version is above 0. The condition has a database walk the index by version, and read one row of the clinic.
"""
INSERT_PROTOCOL = Change("insert_arc_protocol", insert_for_clinic(ArcProtocolTable), Scope.CLINIC)

READ_ARC_WINDOW = Read(
    "read_arc_window",
    chart_rows(ArcWindowTable).where(_windows.c.id == param("id", _windows.c.id)),
    ArcWindowRow,
    Scope.OWNER,
)
LIST_ARC_WINDOWS = Read(
    "list_arc_windows", list_by_chart(ArcWindowTable, "due_at", *_filters), ArcWindowRow, Scope.OWNER
)
LIST_TEAM_ARC_WINDOWS = Read(
    "list_team_arc_windows", list_by_team(ArcWindowTable, "due_at", *_filters), ArcWindowRow, Scope.OWNER
)
ARC_WINDOWS_BY_IDS = Read("arc_windows_by_ids", rows_by_ids(ArcWindowTable), ArcWindowRow, Scope.OWNER)
ARC_WINDOWS = ChartList(LIST_ARC_WINDOWS, LIST_TEAM_ARC_WINDOWS, ARC_WINDOWS_BY_IDS, at="due_at", bound="due_before")
WINDOWS_AROUND = Read(
    "arc_windows_around",
    chart_rows(ArcWindowTable)
    .where(
        _windows.c.patient_id == param("patient_id", _windows.c.patient_id),
        sa.or_(_windows.c.session_id == param("session_id", _windows.c.session_id), is_open),
    )
    .order_by(_windows.c.due_at, _windows.c.id)
    .limit(MAX_WINDOWS),
    ArcWindowRow,
    Scope.OWNER,
)
"""Every window of one session, and those of the chart that are not over."""
MAX_BESIDE = 400
"""The latest windows of one session, and of the chart beside it, that a change of its doses looks at."""
WINDOWS_BESIDE = Read(
    "arc_windows_beside",
    chart_rows(ArcWindowTable)
    .where(
        _windows.c.patient_id == param("patient_id", _windows.c.patient_id),
        sa.or_(
            _windows.c.session_id == param("session_id", _windows.c.session_id),
            _windows.c.closes_at > param("since", _windows.c.closes_at),
        ),
    )
    .order_by(_windows.c.due_at.desc(), _windows.c.id.desc())
    .limit(MAX_BESIDE),
    ArcWindowRow,
    Scope.OWNER,
)
"""Every window of one session, and those of the chart that were not over when its dose was given."""
MAX_COUNTED = 5000
"""The newest windows that a report counts."""


class WindowEnd(BaseModel):
    """The end of one window. The chart is counted, and not told."""

    patient_id: UUID
    step_id: str
    closes_at: datetime
    state: ArcState
    settled_at: datetime | None


LIST_WINDOW_ENDS = Read(
    "list_arc_window_ends",
    sa.select(*(_windows.c[name] for name in WindowEnd.model_fields))
    .where(
        in_clinic(_windows),
        actor_is_current(),
        _windows.c.step_id != AGAIN,
        _windows.c.due_at >= param("starts_at", _windows.c.due_at),
        _windows.c.due_at < param("ends_at", _windows.c.due_at),
        sa.or_(_windows.c.state == ArcState.ANSWERED, sa.and_(_windows.c.state == ArcState.OPEN, _is_over)),
    )
    .order_by(_windows.c.due_at.desc(), _windows.c.id.desc())
    .limit(MAX_COUNTED + 1),
    WindowEnd,
    Scope.CLINIC,
    "an admin sees how many check-ins are missed: charts are counted, and none is told",
)
INSERT_ARC_WINDOW = Change("insert_arc_window", insert_for_chart(ArcWindowTable), Scope.OWNER)
MOVE_ARC_WINDOW = Change(
    "move_arc_window",
    update_in_chart(ArcWindowTable, ("dose_at", "opens_at", "due_at", "closes_at", "state", "settled_at")),
    Scope.OWNER,
)
ANSWER_ARC_WINDOW = Change(
    "answer_arc_window",
    update_in_chart(ArcWindowTable, ("state", "settled_at"), _windows.c.state == ArcState.OPEN),
    Scope.OWNER,
)
"""Also one that is over: what was answered in time may arrive late."""


def audience(row: ArcWindowRow, _: object) -> Iterator[Changed]:
    """Yield everybody of the chart. They are told again when it closes without an answer."""
    closes_at = row.closes_at if row.state is ArcState.OPEN else None
    yield Changed("arc_window", row.id, Channel.CHART, row.patient_id, due_at=closes_at)


def protocol_audience(row: ArcProtocolRow, _: object) -> Iterator[Changed]:
    """Yield everybody of the clinic, whose id the protocol has."""
    yield Changed("arc_protocol", row.clinic_id, Channel.CLINIC)


declare(ArcWindowTable, audience)
declare(ArcProtocolTable, protocol_audience)
