"""Statements of counts of what is left at home."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    clinic_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.care.custody.rules import EntryKind
from integration_api.resources.care.custody.tables import ContainerRow, ContainerTable, EntryRow, EntryTable
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.home_counts.rules import RefillState
from integration_api.resources.care.home_counts.tables import HomeCountRow, HomeCountTable
from integration_api.resources.care.sessions.tables import Modality, SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, between

_counts, _doses, _sessions = table_of(HomeCountTable), table_of(DoseTable), table_of(SessionTable)
_containers, _entries = table_of(ContainerTable), table_of(EntryTable)
_reversal = _entries.alias("reversal")
MAX_DOSES = 1000
"""The doses at home between two counts that are read."""
_filters = (optional(_counts.c.refill_state), between(_counts.c.happened_at, "counted_after", "counted_before"))


class SuppliedRow(EntryRow):
    """An entry by which a patient was given something for home, and the one that reverses it."""

    reversed_by_id: UUID | None = None


class DosedRow(BaseModel):
    """The amount of one dose."""

    id: UUID
    amount_mg: float


READ_HOME_COUNT = Read(
    "read_home_count",
    chart_rows(HomeCountTable).where(_counts.c.id == param("id", _counts.c.id)),
    HomeCountRow,
    Scope.OWNER,
)
LIST_HOME_COUNTS = Read(
    "list_home_counts", list_by_chart(HomeCountTable, "happened_at", *_filters), HomeCountRow, Scope.OWNER
)
LIST_TEAM_HOME_COUNTS = Read(
    "list_team_home_counts", list_by_team(HomeCountTable, "happened_at", *_filters), HomeCountRow, Scope.OWNER
)
HOME_COUNTS_BY_IDS = Read("home_counts_by_ids", rows_by_ids(HomeCountTable), HomeCountRow, Scope.OWNER)
HOME_COUNTS = ChartList(
    LIST_HOME_COUNTS, LIST_TEAM_HOME_COUNTS, HOME_COUNTS_BY_IDS, at="happened_at", bound="counted_before"
)
COUNT_BEFORE = Read("home_count_before", list_by_chart(HomeCountTable, "happened_at"), HomeCountRow, Scope.OWNER)
DOSES_AT_HOME = Read(
    "doses_at_home",
    sa.select(_doses.c.id, _doses.c.amount_mg)
    .join(
        _sessions,
        sa.and_(
            in_clinic(_sessions),
            _sessions.c.patient_id == param("patient_id", _doses.c.patient_id),
            _sessions.c.id == _doses.c.session_id,
        ),
    )
    .where(
        in_clinic(_doses),
        visible(_doses.c.patient_id),
        _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
        _doses.c.withdrawn_at.is_(None),
        _doses.c.given_at > param("since", _doses.c.given_at),
        _doses.c.given_at <= param("until", _doses.c.given_at),
        _sessions.c.modality == Modality.TELEHEALTH,
    )
    .order_by(_doses.c.given_at.desc(), _doses.c.id.desc())
    .limit(MAX_DOSES),
    DosedRow,
    Scope.OWNER,
)
"""The doses of sessions at home between two times."""
_reversed_by = (
    sa.select(_reversal.c.id)
    .where(
        in_clinic(_reversal),
        _reversal.c.patient_id == param("patient_id", _reversal.c.patient_id),
        _reversal.c.of_id == _entries.c.id,
        _reversal.c.kind == EntryKind.REVERSED,
    )
    .correlate(_entries)
    .scalar_subquery()
    .label("reversed_by_id")
)
LIST_SUPPLIES = Read(
    "list_home_supplies",
    list_by_chart(EntryTable, "recorded_at", _entries.c.kind == EntryKind.DISPENSED, more=(_reversed_by,)),
    SuppliedRow,
    Scope.OWNER,
)
_supplied = (
    sa.select(_entries.c.container_id)
    .where(
        in_clinic(_entries),
        visible(_entries.c.patient_id),
        _entries.c.patient_id == param("patient_id", _entries.c.patient_id),
        _entries.c.kind == EntryKind.DISPENSED,
    )
    .order_by(_entries.c.recorded_at.desc(), _entries.c.id.desc())
    .limit(PAGE_ROWS)
)
CONTAINERS_OF_SUPPLIES = Read(
    "containers_of_home_supplies",
    clinic_rows(ContainerTable).where(_containers.c.id.in_(_supplied)),
    ContainerRow,
    Scope.OWNER,
)
"""The containers that the newest supplies of a chart come from: what stands on their labels."""
INSERT_HOME_COUNT = Change("insert_home_count", insert_for_chart(HomeCountTable), Scope.OWNER)
DECIDE_REFILL = Change(
    "decide_refill",
    update_in_chart(
        HomeCountTable,
        ("refill_state", "decided_at", "decided_by_id", "decided_reason"),
        _counts.c.refill_state == RefillState.REQUESTED,
    ),
    Scope.OWNER,
)

declare(HomeCountTable, of_chart("home_count"))
