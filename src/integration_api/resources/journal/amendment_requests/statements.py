"""Statements of amendment requests."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.journal.amendment_requests.rules import AmendmentState
from integration_api.resources.journal.amendment_requests.tables import AmendmentRequestRow, AmendmentRequestTable
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_requests = table_of(AmendmentRequestTable)
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())


def readable(table: sa.Table) -> sa.ColumnElement[bool]:
    """Match the requests that the actor may read: the patient all of their own, staff those about notes they read."""
    return sa.or_(_SCOPE_PATIENT_ID.is_not(None), notes.of_readable(table))


_readable = readable(_requests)
_is_open = _requests.c.state == AmendmentState.OPEN
_filters = (
    _readable,
    optional(_requests.c.note_id),
    optional(_requests.c.state),
    between(_requests.c.created_at, "created_after", "created_before"),
)

READ_AMENDMENT_REQUEST = Read(
    "read_amendment_request",
    chart_rows(AmendmentRequestTable).where(_requests.c.id == param("id", _requests.c.id), _readable),
    AmendmentRequestRow,
    Scope.OWNER,
)
LIST_AMENDMENT_REQUESTS = Read(
    "list_amendment_requests",
    list_by_chart(AmendmentRequestTable, "created_at", *_filters),
    AmendmentRequestRow,
    Scope.OWNER,
)
LIST_TEAM_AMENDMENT_REQUESTS = Read(
    "list_team_amendment_requests",
    list_by_team(AmendmentRequestTable, "created_at", *_filters),
    AmendmentRequestRow,
    Scope.OWNER,
)
AMENDMENT_REQUESTS_BY_IDS = Read(
    "amendment_requests_by_ids", rows_by_ids(AmendmentRequestTable, _readable), AmendmentRequestRow, Scope.OWNER
)
AMENDMENT_REQUESTS = ChartList(
    LIST_AMENDMENT_REQUESTS,
    LIST_TEAM_AMENDMENT_REQUESTS,
    AMENDMENT_REQUESTS_BY_IDS,
    at="created_at",
    bound="created_before",
)
INSERT_AMENDMENT_REQUEST = Change("insert_amendment_request", insert_for_chart(AmendmentRequestTable), Scope.OWNER)
ANSWER_AMENDMENT_REQUEST = Change(
    "answer_amendment_request",
    update_in_chart(
        AmendmentRequestTable, ("state", "answered_at", "answered_by_id", "answer", "denial_basis"), _is_open, _readable
    ),
    Scope.OWNER,
)
EXTEND_AMENDMENT_REQUEST = Change(
    "extend_amendment_request",
    update_in_chart(
        AmendmentRequestTable,
        ("due_at", "extended_at", "extension_reason"),
        _is_open,
        _readable,
        _requests.c.extended_at.is_(None),
    ),
    Scope.OWNER,
)

declare(AmendmentRequestTable, of_chart("amendment_request"))
