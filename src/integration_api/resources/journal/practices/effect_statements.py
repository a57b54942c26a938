"""Statements of effects: the practices of a plan's strategies, summed up by the database."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ClinicTable
from integration_api.access.visible import in_clinic, visible
from integration_api.resources.journal.plans.statements import of_readable, readable
from integration_api.resources.journal.plans.tables import PlanState, PlanTable, StrategyTable
from integration_api.resources.journal.practices.statements import counts
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_plans, _strategies, _practices = table_of(PlanTable), table_of(StrategyTable), table_of(PracticeTable)
_patients, _clinics = table_of(PatientTable), table_of(ClinicTable)
_earlier = _strategies.alias("effect_earlier")
_PATIENT_ID = param("patient_id", _practices.c.patient_id)


class PlanToSum(BaseModel):
    """The facts of a plan that its effects need."""

    id: UUID
    patient_id: UUID
    state: PlanState
    is_shared: bool
    agreed_at: datetime | None
    resumed_at: datetime | None
    time_zone: str
    policies: Mapping[str, int]


_zone = sa.select(_patients.c.time_zone).where(in_clinic(_patients), _patients.c.id == _plans.c.patient_id)
_policies = sa.select(_clinics.c.policies).where(in_clinic(_clinics))
PLAN_TO_SUM = Read(
    "read_plan_to_sum",
    sa.select(
        *(_plans.c[name] for name in ("id", "patient_id", "state", "is_shared", "agreed_at", "resumed_at")),
        _zone.scalar_subquery().label("time_zone"),
        _policies.scalar_subquery().label("policies"),
    ).where(
        in_clinic(_plans),
        visible(_plans.c.patient_id),
        _plans.c.id == param("id", _plans.c.id),
        readable(_plans),
    ),
    PlanToSum,
    Scope.OWNER,
)


class StrategySums(BaseModel):
    """The practices of one strategy, summed up."""

    strategy_id: UUID
    schedule: str | None
    starts_on: date | None
    uses: int
    skips: int
    done: int
    n: int
    total: int
    squares: int
    high_n: int
    high_total: int
    high_squares: int
    helpfulness_n: int
    helpfulness_total: int
    again_yes: int
    again_answered: int


_OF_ROOT = ("schedule", "starts_on", "created_at")
"""The columns of a strategy that stand beside each strategy that it continues."""


def _versions_of(*guards: sa.ColumnElement[bool]) -> sa.CTE:
    """Return the readable strategies of a chart (`root_id`) that every guard matches, and those that each continues."""
    asked = (
        sa.select(
            _strategies.c.id.label("root_id"),
            *(_strategies.c[name] for name in _OF_ROOT),
            _strategies.c.id,
            _strategies.c.continues_id,
        )
        .where(
            in_clinic(_strategies),
            visible(_strategies.c.patient_id),
            _strategies.c.patient_id == _PATIENT_ID,
            _strategies.c.removed_at.is_(None),
            of_readable(_strategies),
            *guards,
        )
        .cte(recursive=True)
    )
    return asked.union_all(
        sa.select(asked.c.root_id, *(asked.c[name] for name in _OF_ROOT), _earlier.c.id, _earlier.c.continues_id).where(
            in_clinic(_earlier), _earlier.c.patient_id == _PATIENT_ID, _earlier.c.id == asked.c.continues_id
        )
    )


def _practised(versions: sa.CTE) -> sa.ColumnElement[bool]:
    """Match the practices of these strategies that count."""
    return sa.and_(
        in_clinic(_practices), _practices.c.patient_id == _PATIENT_ID, _practices.c.strategy_id == versions.c.id, counts
    )


_versions = _versions_of(_strategies.c.plan_id == param("plan_id", _strategies.c.plan_id))
_was_used = _practices.c.id.is_not(None) & _practices.c.skipped_reason.is_(None)
_change = _practices.c.distress_after - _practices.c.distress_before
_is_rated = _change.is_not(None)
_is_high = _is_rated & (_practices.c.distress_before >= param("high_from", _practices.c.distress_before))
_is_lately = (
    _was_used
    & (_practices.c.happened_at >= param("done_from", _practices.c.happened_at))
    & (_practices.c.happened_at < param("done_before", _practices.c.happened_at))
)


def _sum(of: sa.ColumnElement[int], when: sa.ColumnElement[bool], name: str) -> sa.ColumnElement[int]:
    return sa.cast(sa.func.coalesce(sa.func.sum(sa.case((when, of), else_=0)), 0), sa.Integer).label(name)


def _count(when: sa.ColumnElement[bool], name: str) -> sa.ColumnElement[int]:
    return _sum(sa.literal_column("1", sa.Integer), when, name)


_again = _practices.c.would_use_again
SUM_PRACTICES = Read(
    "sum_practices",
    sa.select(
        _versions.c.root_id.label("strategy_id"),
        _versions.c.schedule,
        _versions.c.starts_on,
        _count(_was_used, "uses"),
        _count(_practices.c.skipped_reason.is_not(None), "skips"),
        _count(_is_lately, "done"),
        _count(_is_rated, "n"),
        _sum(_change, _is_rated, "total"),
        _sum(_change * _change, _is_rated, "squares"),
        _count(_is_high, "high_n"),
        _sum(_change, _is_high, "high_total"),
        _sum(_change * _change, _is_high, "high_squares"),
        _count(_practices.c.helpfulness.is_not(None), "helpfulness_n"),
        _sum(_practices.c.helpfulness, _practices.c.helpfulness.is_not(None), "helpfulness_total"),
        _count(_again.is_(True), "again_yes"),
        _count(_again.is_not(None), "again_answered"),
    )
    .select_from(_versions)
    .outerjoin(
        _practices,
        _practised(_versions),
    )
    .group_by(_versions.c.root_id, _versions.c.schedule, _versions.c.starts_on, _versions.c.created_at)
    .order_by(_versions.c.created_at, _versions.c.root_id),
    StrategySums,
    Scope.OWNER,
)
"""Each strategy of a plan, with the practices of it and of those in earlier plans that it continues."""


def sums_of(*guards: sa.ColumnElement[bool]) -> sa.Subquery:
    """Return what the practices of each such strategy of a chart sum up to: `root_id`, uses, n, total, squares."""
    versions = _versions_of(*guards)
    return (
        sa.select(
            versions.c.root_id,
            _count(_was_used, "uses"),
            _count(_is_rated, "n"),
            _sum(_change, _is_rated, "total"),
            _sum(_change * _change, _is_rated, "squares"),
        )
        .select_from(versions)
        .outerjoin(_practices, _practised(versions))
        .group_by(versions.c.root_id)
        .subquery()
    )
