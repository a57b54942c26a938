"""Statements of practices."""

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
from integration_api.resources.journal.practices.tables import PracticeRow, PracticeState, PracticeTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_practices = table_of(PracticeTable)
counts = _practices.c.state == PracticeState.LOGGED
"""Match a practice that was neither corrected nor withdrawn."""
_filters = (
    optional(_practices.c.plan_id),
    optional(_practices.c.strategy_id),
    optional(_practices.c.state),
    between(_practices.c.happened_at, "used_after", "used_before"),
)

READ_PRACTICE = Read(
    "read_practice",
    chart_rows(PracticeTable).where(_practices.c.id == param("id", _practices.c.id)),
    PracticeRow,
    Scope.OWNER,
)
LIST_PRACTICES = Read(
    "list_practices", list_by_chart(PracticeTable, "happened_at", *_filters), PracticeRow, Scope.OWNER
)
LIST_TEAM_PRACTICES = Read(
    "list_team_practices", list_by_team(PracticeTable, "happened_at", *_filters), PracticeRow, Scope.OWNER
)
PRACTICES_BY_IDS = Read("practices_by_ids", rows_by_ids(PracticeTable), PracticeRow, Scope.OWNER)
PRACTICES = ChartList(LIST_PRACTICES, LIST_TEAM_PRACTICES, PRACTICES_BY_IDS, at="happened_at", bound="used_before")
INSERT_PRACTICE = Change("insert_practice", insert_for_chart(PracticeTable), Scope.OWNER)
END_PRACTICE = Change("end_practice", update_in_chart(PracticeTable, ("state",)), Scope.OWNER)

declare(PracticeTable, of_chart("practice"))
