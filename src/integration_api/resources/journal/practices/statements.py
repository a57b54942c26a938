"""Statements of practices."""

import sqlalchemy as sa

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
from integration_api.resources.journal.plans.tables import StrategyTable
from integration_api.resources.journal.practices.tables import PracticeRow, PracticeState, PracticeTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_practices, _strategies = table_of(PracticeTable), table_of(StrategyTable)
_earlier = _strategies.alias("earlier_strategy")
_STRATEGY_ID = param("strategy_id", _practices.c.strategy_id)


def _of_strategy() -> sa.ColumnElement[bool]:
    """Match practices of this strategy, also as the earlier versions of its plan had it; null matches all."""
    asked = (
        sa.select(_strategies.c.id, _strategies.c.continues_id)
        .where(in_clinic(_strategies), visible(_strategies.c.patient_id), _strategies.c.id == _STRATEGY_ID)
        .cte(recursive=True)
    )
    before = sa.select(_earlier.c.id, _earlier.c.continues_id).where(
        in_clinic(_earlier), visible(_earlier.c.patient_id), _earlier.c.id == asked.c.continues_id
    )
    versions = asked.union(before)
    return sa.or_(_STRATEGY_ID.is_(None), _practices.c.strategy_id.in_(sa.select(versions.c.id)))


counts = _practices.c.state == PracticeState.LOGGED
"""Match a practice that was neither corrected nor withdrawn."""
_filters = (
    optional(_practices.c.plan_id),
    _of_strategy(),
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
