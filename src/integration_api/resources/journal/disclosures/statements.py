"""Statements of disclosures."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    update_in_chart,
)
from integration_api.resources.journal.disclosures.tables import DisclosureRow, DisclosureTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_disclosures = table_of(DisclosureTable)
_filters = (
    _disclosures.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_disclosures.c.disclosed_at, "disclosed_after", "disclosed_before"),
)

READ_DISCLOSURE = Read(
    "read_disclosure",
    chart_rows(DisclosureTable).where(_disclosures.c.id == param("id", _disclosures.c.id)),
    DisclosureRow,
    Scope.OWNER,
)
LIST_DISCLOSURES = Read(
    "list_disclosures", list_by_chart(DisclosureTable, "disclosed_at", *_filters), DisclosureRow, Scope.OWNER
)
LIST_TEAM_DISCLOSURES = Read(
    "list_team_disclosures", list_by_team(DisclosureTable, "disclosed_at", *_filters), DisclosureRow, Scope.OWNER
)
DISCLOSURES_BY_IDS = Read("disclosures_by_ids", rows_by_ids(DisclosureTable), DisclosureRow, Scope.OWNER)
DISCLOSURES = ChartList(
    LIST_DISCLOSURES, LIST_TEAM_DISCLOSURES, DISCLOSURES_BY_IDS, at="disclosed_at", bound="disclosed_before"
)
INSERT_DISCLOSURE = Change("insert_disclosure", insert_for_chart(DisclosureTable), Scope.OWNER)
WITHDRAW_DISCLOSURE = Change(
    "withdraw_disclosure",
    update_in_chart(
        DisclosureTable,
        ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"),
        _disclosures.c.withdrawn_at.is_(None),
    ),
    Scope.OWNER,
)

declare(DisclosureTable, of_chart("disclosure"))
