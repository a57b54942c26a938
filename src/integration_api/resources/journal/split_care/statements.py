"""Statements of split-care agreements, as the chart's readers see them."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    is_member_now,
    list_by_chart,
    list_by_team,
    update_in_chart,
)
from integration_api.resources.journal.split_care.tables import SplitCareRow, SplitCareTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_agreements = table_of(SplitCareTable)
_filters = (between(_agreements.c.created_at, "created_after", "created_before"),)

READ_SPLIT_CARE = Read(
    "read_split_care",
    chart_rows(SplitCareTable).where(_agreements.c.id == param("id", _agreements.c.id)),
    SplitCareRow,
    Scope.OWNER,
)
LIST_SPLIT_CARE = Read(
    "list_split_care", list_by_chart(SplitCareTable, "created_at", *_filters), SplitCareRow, Scope.OWNER
)
LIST_TEAM_SPLIT_CARE = Read(
    "list_team_split_care", list_by_team(SplitCareTable, "created_at", *_filters), SplitCareRow, Scope.OWNER
)
SPLIT_CARE_BY_IDS = Read("split_care_by_ids", rows_by_ids(SplitCareTable), SplitCareRow, Scope.OWNER)
SPLIT_CARE = ChartList(
    LIST_SPLIT_CARE, LIST_TEAM_SPLIT_CARE, SPLIT_CARE_BY_IDS, at="created_at", bound="created_before"
)
INSERT_SPLIT_CARE = Change(
    "insert_split_care",
    insert_for_chart(SplitCareTable, is_member_now(sa.bindparam("patient_id", type_=sa.Uuid()))),
    Scope.OWNER,
)
END_SPLIT_CARE = Change(
    "end_split_care",
    update_in_chart(SplitCareTable, ("ended_at", "ended_by_id", "ended_reason"), _agreements.c.ended_at.is_(None)),
    Scope.OWNER,
)

declare(SplitCareTable, of_chart("split_care"))
