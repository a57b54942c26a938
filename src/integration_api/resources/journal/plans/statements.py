"""Statements of plans, their strategies and their versions."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.actor import Actor
from integration_api.access.audience import declare
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tables import AccountTable
from integration_api.access.viewers import Rules, SeenBy
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.journal.notes.reader_statements import is_gone, supervises
from integration_api.resources.journal.plans.schemas import PlanUpdate
from integration_api.resources.journal.plans.strategy_schemas import StrategyUpdate
from integration_api.resources.journal.plans.tables import (
    PlanRow,
    PlanState,
    PlanTable,
    PlanVersionRow,
    PlanVersionTable,
    StrategyRow,
    StrategyTable,
)
from integration_api.resources.journal.reflections.insight_statements import sees_insight
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after, between

_plans, _strategies, _versions = table_of(PlanTable), table_of(StrategyTable), table_of(PlanVersionTable)
_patients = table_of(PatientTable)
_authors = table_of(AccountTable).alias("plan_author")
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())


def readable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match plans that the actor may read. Used beside `visible`.

    A draft is its author's until it was shared or proposed. Once its author of the staff is gone, it is their
    successor's, and supervisors of the team read it.
    """
    return sa.or_(_is_theirs(table), is_left(table.c.patient_id, table.c.created_by_id))


def reader_rules(table: sa.FromClause) -> Rules:
    """Return the rules that `readable` is made of, each by itself."""
    patient_id, author_id = table.c.patient_id, table.c.created_by_id
    gone = is_gone(patient_id, author_id)
    return {
        SeenBy.AUTHOR: author_id == _ACTOR_ID,
        SeenBy.SHARED: table.c.is_shared,
        SeenBy.RESPONSIBLE: sa.and_(_is_successor(author_id), gone),
        SeenBy.LEFT: sa.and_(_is_supervisor(patient_id, author_id), gone),
    }


def writable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match plans that the actor, whose role allows it, may change. Supervisors only read the drafts of others."""
    author_id = table.c.created_by_id
    return sa.or_(_is_theirs(table), sa.and_(_is_successor(author_id), is_gone(table.c.patient_id, author_id)))


def _is_theirs(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a plan that both sides see, or that the actor began."""
    return sa.or_(table.c.is_shared, table.c.created_by_id == _ACTOR_ID)


def _staff_author(author_id: sa.ColumnElement[UUID]) -> sa.Select[Any]:
    return sa.select(sa.literal_column("1")).where(
        in_clinic(_authors), _authors.c.id == author_id, _authors.c.patient_id.is_(None)
    )


def _is_supervisor(patient_id: sa.ColumnElement[UUID], author_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    return sa.and_(supervises(patient_id), any_for_row(_staff_author(author_id)))


def _is_successor(author_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    return any_for_row(_staff_author(author_id).where(_authors.c.successor_id == _ACTOR_ID))


def is_left(patient_id: sa.ColumnElement[UUID], author_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match if drafts of this author in this chart are left to the actor: the author is of the staff, and gone."""
    is_heir = sa.or_(_is_successor(author_id), _is_supervisor(patient_id, author_id))
    return sa.and_(is_heir, is_gone(patient_id, author_id))


def of_readable(table: sa.Table) -> sa.ColumnElement[bool]:
    """Match what belongs to a plan that the actor may read."""
    plan = _plans.alias("its_plan")
    return (
        sa.select(sa.literal_column("1"))
        .where(in_clinic(plan), plan.c.patient_id == table.c.patient_id, plan.c.id == table.c.plan_id, readable(plan))
        .exists()
    )


_filters = (
    readable(_plans),
    optional(_plans.c.state),
    between(_plans.c.created_at, "created_after", "created_before"),
)


_is_writable = writable(_plans).label("is_writable")


class PlanSeen(PlanRow):
    """A plan, and whether the actor may change it if their role allows that."""

    is_writable: bool


class PlanWithZone(PlanRow):
    """A plan, and the time zone of its patient."""

    time_zone: str


READ_PLAN = Read(
    "read_plan",
    chart_rows(PlanTable, _is_writable).where(_plans.c.id == param("id", _plans.c.id), readable(_plans)),
    PlanSeen,
    Scope.OWNER,
)
NEXT_PLANS = Read(
    "next_plans",
    chart_rows(PlanTable)
    .where(
        _plans.c.patient_id == param("patient_id", _plans.c.patient_id),
        _plans.c.replaces_id == param("replaces_id", _plans.c.replaces_id),
        _plans.c.is_shared,
        sa.or_(_plans.c.state == PlanState.DRAFT, _plans.c.state == PlanState.PROPOSED),
    )
    .limit(100),
    PlanRow,
    Scope.OWNER,
)
"""The open next versions of a plan. A private draft stays with its author, who learns of its end by a refusal."""
_zone = sa.select(_patients.c.time_zone).where(in_clinic(_patients), _patients.c.id == _plans.c.patient_id)
READ_PLAN_WITH_ZONE = Read(
    "read_plan_with_zone",
    chart_rows(PlanTable, _zone.scalar_subquery().label("time_zone")).where(
        _plans.c.id == param("id", _plans.c.id), readable(_plans)
    ),
    PlanWithZone,
    Scope.OWNER,
)
LIST_PLANS = Read(
    "list_plans", list_by_chart(PlanTable, "created_at", *_filters, more=(_is_writable,)), PlanSeen, Scope.OWNER
)
LIST_TEAM_PLANS = Read(
    "list_team_plans", list_by_team(PlanTable, "created_at", *_filters, more=(_is_writable,)), PlanSeen, Scope.OWNER
)
PLANS_BY_IDS = Read(
    "plans_by_ids", rows_by_ids(PlanTable, readable(_plans), more=(_is_writable,)), PlanSeen, Scope.OWNER
)
PLANS = ChartList(LIST_PLANS, LIST_TEAM_PLANS, PLANS_BY_IDS, at="created_at", bound="created_before")
INSERT_PLAN = Change("insert_plan", insert_for_chart(PlanTable), Scope.OWNER)
_PLAN_STEPS = (
    "state",
    "revision",
    "strategy_count",
    "proposed_by",
    "proposed_by_id",
    "proposed_at",
    "agreed_revision",
    "agreed_at",
    "agreed_by_id",
    "resumed_at",
    "declined_at",
    "decline_reason",
)
UPDATE_PLAN = Change(
    "update_plan",
    update_in_chart(PlanTable, [*PlanUpdate.model_fields, *_PLAN_STEPS], writable(_plans)),
    Scope.OWNER,
)


class StrategySeen(StrategyRow):
    """A strategy, and whether the actor may read the insight behind it."""

    sees_insight: bool


SEES_INSIGHT = sees_insight(_strategies).label("sees_insight")
LIST_STRATEGIES = Read(
    "list_strategies",
    chart_rows(StrategyTable, SEES_INSIGHT)
    .where(
        _strategies.c.patient_id == param("patient_id", _strategies.c.patient_id),
        _strategies.c.plan_id == param("plan_id", _strategies.c.plan_id),
        _strategies.c.removed_at.is_(None),
        of_readable(_strategies),
        after(_strategies.c.created_at, _strategies.c.id),
    )
    .order_by(_strategies.c.created_at, _strategies.c.id)
    .limit(PAGE_ROWS),
    StrategySeen,
    Scope.OWNER,
)
READ_STRATEGY = Read(
    "read_strategy",
    chart_rows(StrategyTable, SEES_INSIGHT).where(
        _strategies.c.id == param("id", _strategies.c.id), of_readable(_strategies)
    ),
    StrategySeen,
    Scope.OWNER,
)
INSERT_STRATEGY = Change("insert_strategy", insert_for_chart(StrategyTable), Scope.OWNER)
UPDATE_STRATEGY = Change(
    "update_strategy",
    update_in_chart(
        StrategyTable,
        [*StrategyUpdate.model_fields, "rehearsal_happened_at", "removed_at"],
        _strategies.c.removed_at.is_(None),
    ),
    Scope.OWNER,
)

LIST_PLAN_VERSIONS = Read(
    "list_plan_versions",
    list_by_chart(
        PlanVersionTable,
        "created_at",
        _versions.c.plan_id == param("plan_id", _versions.c.plan_id),
        of_readable(_versions),
    ),
    PlanVersionRow,
    Scope.OWNER,
)
PLAN_REVISION = Read(
    "read_plan_revision",
    list_by_chart(
        PlanVersionTable,
        "created_at",
        _versions.c.plan_id == param("plan_id", _versions.c.plan_id),
        _versions.c.revision < param("below", _versions.c.revision),
        of_readable(_versions),
    ),
    PlanVersionRow,
    Scope.OWNER,
)
"""The revisions that were kept below a number, the highest first: each is kept once it was changed."""
INSERT_PLAN_VERSION = Change("insert_plan_version", insert_for_chart(PlanVersionTable), Scope.OWNER)


def _audience(row: PlanRow, actor: Actor | None) -> Iterator[Changed]:
    """Yield who may see a plan: everybody of its chart once it is shared, before that its author's side."""
    if row.is_shared:
        yield Changed("plan", row.id, Channel.CHART, row.patient_id)
    elif actor is not None and actor.is_patient:
        yield Changed("plan", row.id, Channel.PATIENT, row.patient_id)
    else:
        yield Changed("plan", row.id, Channel.DRAFTS, row.patient_id, row.created_by_id)


declare(PlanTable, _audience)
