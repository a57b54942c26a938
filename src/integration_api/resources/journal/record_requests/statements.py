"""Statements of record requests."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.prose import reads_prose
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    is_member_now,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.journal.record_requests.rules import RecordRequestState
from integration_api.resources.journal.record_requests.tables import (
    RecordRequestRow,
    RecordRequestTable,
    RecordRequestToAnswer,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_requests = table_of(RecordRequestTable)
_is_open = _requests.c.state == RecordRequestState.OPEN
_by_member = is_member_now(_requests.c.patient_id)
_filters = (
    optional(_requests.c.state),
    between(_requests.c.created_at, "created_after", "created_before"),
)

READ_RECORD_REQUEST = Read(
    "read_record_request",
    chart_rows(RecordRequestTable).where(_requests.c.id == param("id", _requests.c.id)),
    RecordRequestRow,
    Scope.OWNER,
)
READ_RECORD_REQUEST_TO_ANSWER = Read(
    "read_record_request_to_answer",
    chart_rows(
        RecordRequestTable,
        _by_member.label("is_member"),
        sa.type_coerce(reads_prose(_requests.c.patient_id), sa.Boolean()).label("reads_prose"),
    ).where(_requests.c.id == param("id", _requests.c.id)),
    RecordRequestToAnswer,
    Scope.OWNER,
)
LIST_RECORD_REQUESTS = Read(
    "list_record_requests",
    list_by_chart(RecordRequestTable, "created_at", *_filters),
    RecordRequestRow,
    Scope.OWNER,
)
LIST_TEAM_RECORD_REQUESTS = Read(
    "list_team_record_requests",
    list_by_team(RecordRequestTable, "created_at", *_filters),
    RecordRequestRow,
    Scope.OWNER,
)
RECORD_REQUESTS_BY_IDS = Read("record_requests_by_ids", rows_by_ids(RecordRequestTable), RecordRequestRow, Scope.OWNER)
RECORD_REQUESTS = ChartList(
    LIST_RECORD_REQUESTS,
    LIST_TEAM_RECORD_REQUESTS,
    RECORD_REQUESTS_BY_IDS,
    at="created_at",
    bound="created_before",
)
INSERT_RECORD_REQUEST = Change("insert_record_request", insert_for_chart(RecordRequestTable), Scope.OWNER)
ANSWER_RECORD_REQUEST = Change(
    "answer_record_request",
    update_in_chart(
        RecordRequestTable, ("state", "answered_at", "answered_by_id", "answer", "denial_ground"), _is_open, _by_member
    ),
    Scope.OWNER,
)
EXTEND_RECORD_REQUEST = Change(
    "extend_record_request",
    update_in_chart(
        RecordRequestTable,
        ("due_at", "extended_at", "extension_reason"),
        _is_open,
        _by_member,
        _requests.c.extended_at.is_(None),
    ),
    Scope.OWNER,
)

declare(RecordRequestTable, of_chart("record_request"))
