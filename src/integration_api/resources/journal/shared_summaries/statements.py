"""Statements of shared summaries and of their earlier revisions."""

from uuid import UUID

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    is_member_now,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.journal.shared_summaries.schemas import SharedSummaryUpdate
from integration_api.resources.journal.shared_summaries.tables import (
    SharedSummaryRow,
    SharedSummaryTable,
    SharedSummaryVersionRow,
    SharedSummaryVersionTable,
    SummaryToChange,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_summaries, _versions = table_of(SharedSummaryTable), table_of(SharedSummaryVersionTable)
ENDORSED = (
    *("patient_endorsed_at", "patient_endorsed_by_id"),
    *("clinician_endorsed_at", "clinician_endorsed_by_id"),
)
"""The columns that say who stands behind a revision."""


def _is_of_a_side(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a chart of the actor's own, or of whose care team the actor is other than by emergency access."""
    return sa.or_(patient_id == sa.bindparam("scope_patient_id", type_=sa.Uuid()), is_member_now(patient_id))


_by_a_side = _is_of_a_side(_summaries.c.patient_id)
counts = _summaries.c.withdrawn_at.is_(None)
"""Match a summary that was not withdrawn."""
_filters = (
    _summaries.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    optional(_summaries.c.session_id),
    optional(_summaries.c.course_id),
    between(_summaries.c.created_at, "created_after", "created_before"),
)

READ_SHARED_SUMMARY = Read(
    "read_shared_summary",
    chart_rows(SharedSummaryTable).where(_summaries.c.id == param("id", _summaries.c.id)),
    SharedSummaryRow,
    Scope.OWNER,
)
READ_SUMMARY_TO_CHANGE = Read(
    "read_summary_to_change",
    chart_rows(SharedSummaryTable, _by_a_side.label("is_of_a_side")).where(
        _summaries.c.id == param("id", _summaries.c.id)
    ),
    SummaryToChange,
    Scope.OWNER,
)
LIST_SHARED_SUMMARIES = Read(
    "list_shared_summaries",
    list_by_chart(SharedSummaryTable, "created_at", *_filters),
    SharedSummaryRow,
    Scope.OWNER,
)
LIST_TEAM_SHARED_SUMMARIES = Read(
    "list_team_shared_summaries",
    list_by_team(SharedSummaryTable, "created_at", *_filters),
    SharedSummaryRow,
    Scope.OWNER,
)
SHARED_SUMMARIES_BY_IDS = Read(
    "shared_summaries_by_ids", rows_by_ids(SharedSummaryTable), SharedSummaryRow, Scope.OWNER
)
SHARED_SUMMARIES = ChartList(
    LIST_SHARED_SUMMARIES,
    LIST_TEAM_SHARED_SUMMARIES,
    SHARED_SUMMARIES_BY_IDS,
    at="created_at",
    bound="created_before",
)
INSERT_SHARED_SUMMARY = Change(
    "insert_shared_summary",
    insert_for_chart(SharedSummaryTable, _is_of_a_side(sa.bindparam("patient_id", type_=sa.Uuid()))),
    Scope.OWNER,
)
UPDATE_SHARED_SUMMARY = Change(
    "update_shared_summary",
    update_in_chart(
        SharedSummaryTable,
        (*SharedSummaryUpdate.model_fields, "revision", "written_by", "written_by_id", "written_at", *ENDORSED),
        _by_a_side,
    ),
    Scope.OWNER,
)
ENDORSE_SHARED_SUMMARY = Change(
    "endorse_shared_summary", update_in_chart(SharedSummaryTable, ENDORSED, _by_a_side), Scope.OWNER
)
WITHDRAW_SHARED_SUMMARY = Change(
    "withdraw_shared_summary",
    update_in_chart(SharedSummaryTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _by_a_side),
    Scope.OWNER,
)

INSERT_SHARED_SUMMARY_VERSION = Change(
    "insert_shared_summary_version", insert_for_chart(SharedSummaryVersionTable), Scope.OWNER
)
LIST_SHARED_SUMMARY_VERSIONS = Read(
    "list_shared_summary_versions",
    list_by_chart(
        SharedSummaryVersionTable, "created_at", _versions.c.summary_id == param("summary_id", _versions.c.summary_id)
    ),
    SharedSummaryVersionRow,
    Scope.OWNER,
)

declare(SharedSummaryTable, of_chart("shared_summary"))
