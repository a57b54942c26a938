"""Statements of threads: a page of dosing sessions, and all that hangs on them in one UNION ALL.

Each arm has the guards of its own list, so that a thread shows what the lists show. The texts of the rows that are left
are joined at the end (`with_texts`), as in a timeline.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.sql.selectable import NamedFromClause
from sqlmodel import SQLModel

from integration_api.access.visible import chart_rows, in_clinic, visible
from integration_api.ledger.changes import NEVER
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.sessions.tables import Phase, SessionRow, SessionTable
from integration_api.resources.journal.goals import statements as goals
from integration_api.resources.journal.goals.tables import GoalRatingTable, GoalTable
from integration_api.resources.journal.plans.tables import PlanTable, StrategyTable
from integration_api.resources.journal.practices.effect_statements import sums_of
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.insight_statements import sees_insight
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.resources.views.threads.schemas import MAX_THREADS
from integration_api.resources.views.timeline.arm_statements import Beside, with_texts
from integration_api.storage.statements import Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_sessions, _doses, _entries = table_of(SessionTable), table_of(DoseTable), table_of(ReflectionTable)
_courses, _goals, _ratings = table_of(CourseTable), table_of(GoalTable), table_of(GoalRatingTable)
_strategies, _plans = table_of(StrategyTable), table_of(PlanTable)
SESSIONS = tuple(f"session_{n}" for n in range(MAX_THREADS))
"""The parameters of the sessions of a page."""
MAX_ARM_ROWS = 200
"""The newest rows of each kind that one answer takes into account."""


class Strand(StrEnum):
    """The kind of a row that hangs on a thread."""

    COURSE = "course"
    DOSE = "dose"
    REFLECTION = "reflection"
    GOAL = "goal"
    STRATEGY = "strategy"


class BegunRow(SessionRow):
    """A dosing session, and its first dose that stands."""

    first_dose_at: datetime
    first_dose_id: UUID


def _begins(dose: NamedFromClause[Any], session: NamedFromClause[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    """Match a dose that stands, with its dosing session, of which it is the first one that does.

    Nothing but its dose finds the session, so that the doses are entered first, in their order. A dose refers to a
    session of its own chart.
    """
    patient_id = param("patient_id", _doses.c.patient_id)
    earlier = _doses.alias(f"earlier_than_{dose.name}")
    return (
        in_clinic(dose),
        dose.c.patient_id == patient_id,
        dose.c.withdrawn_at.is_(None),
        in_clinic(session),
        session.c.id == dose.c.session_id,
        session.c.phase == Phase.DOSING,
        ~sa.select(sa.literal_column("1"))
        .where(
            in_clinic(earlier),
            earlier.c.patient_id == patient_id,
            earlier.c.session_id == dose.c.session_id,
            earlier.c.withdrawn_at.is_(None),
            sa.tuple_(earlier.c.given_at, earlier.c.id) < sa.tuple_(dose.c.given_at, dose.c.id),
        )
        .correlate(dose)
        .exists(),
    )


THREAD_SESSIONS = Read(
    "list_thread_sessions",
    newest_first(
        chart_rows(SessionTable, _doses.c.given_at.label("first_dose_at"), _doses.c.id.label("first_dose_id")).where(
            *_begins(_doses, _sessions), visible(_doses.c.patient_id)
        ),
        _doses.c.given_at,
        _doses.c.id,
    ),
    BegunRow,
    Scope.OWNER,
)
"""The dosing sessions of a chart by their first dose that stands: its time also says which reflections are theirs."""


class StrandRow(BaseModel):
    """One row that hangs on the threads of a page; what its kind lacks is null."""

    id: UUID
    kind: str
    at: datetime
    session_id: UUID | None
    insight_id: UUID | None
    plan_insight_id: UUID | None
    goal_id: UUID | None
    plan_id: UUID | None
    word: str | None
    first: int | None
    last: int | None
    n: int | None
    total: int | None
    squares: int | None
    course_intention: str | None
    content: Content | None
    goal_title: str | None
    strategy_title: str | None


def _null(type_: type[sa.types.TypeEngine[Any]]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.null(), type_())


def _strand(
    model: type[SQLModel], kind: Strand, at: str, *guards: sa.ColumnElement[bool], **given: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    """Return the newest rows of one kind; `given` are the columns of a StrandRow that it fills."""
    table = table_of(model)
    ids = ("session_id", "insight_id", "plan_insight_id", "goal_id", "plan_id")
    numbers = ("first", "last", "n", "total", "squares")
    patient_id = param("patient_id", table.c.patient_id)
    return (
        sa.select(
            table.c.clinic_id,
            table.c.id,
            table.c.patient_id,
            sa.literal(kind.value, sa.String()).label("kind"),
            table.c[at].label("at"),
            table.c.id.label("title_id"),
            *(given.get(name, _null(sa.Uuid)).label(name) for name in ids),
            given.get("word", _null(sa.String)).label("word"),
            *(given.get(name, _null(sa.Integer)).label(name) for name in numbers),
        )
        .where(in_clinic(table), visible(patient_id), table.c.patient_id == patient_id, *guards)
        .order_by(table.c[at].desc(), table.c.id.desc())
        .limit(MAX_ARM_ROWS)
    )


def _among(column: sa.ColumnElement[Any], names: Sequence[str]) -> sa.ColumnElement[bool]:
    return column.in_([param(name, column) for name in names])


_last_level = (
    sa.select(_ratings.c.level)
    .where(in_clinic(_ratings), _ratings.c.patient_id == _goals.c.patient_id, _ratings.c.goal_id == _goals.c.id)
    .order_by(_ratings.c.happened_at.desc(), _ratings.c.id.desc())
    .limit(1)
    .correlate(_goals)
    .scalar_subquery()
)
_next, _next_dose = _sessions.alias("next_dosing"), _doses.alias("next_dose")
_next_at = (
    sa.select(_next_dose.c.given_at)
    .where(
        *_begins(_next_dose, _next),
        _next.c.patient_id == _next_dose.c.patient_id,
        sa.tuple_(_next_dose.c.given_at, _next_dose.c.id)
        > sa.tuple_(param("newest_at", _next_dose.c.given_at), param("newest_id", _next_dose.c.id)),
    )
    .order_by(_next_dose.c.given_at, _next_dose.c.id)
    .limit(1)
    .scalar_subquery()
)
"""The first dose of the first dosing session after those of the page."""
_named = _sessions.alias("named_session")
_of_dosing = any_for_row(
    sa.select(sa.literal_column("1")).where(
        in_clinic(_named),
        _named.c.patient_id == _entries.c.patient_id,
        _named.c.id == _entries.c.session_id,
        _named.c.phase == Phase.DOSING,
        _named.c.doses_recorded >= 1,
    )
)
"""Match a reflection that names a dosing session: it belongs to that one, whenever it was written."""
_plan, _successor = _plans.alias("thread_plan"), _plans.alias("thread_successor")
_is_present = (
    sa.select(sa.literal_column("1"))
    .where(
        in_clinic(_plan),
        _plan.c.patient_id == _strategies.c.patient_id,
        _plan.c.id == _strategies.c.plan_id,
        sa.or_(_plan.c.replaces_id.is_(None), _plan.c.agreed_at.is_not(None)),
        ~sa.select(sa.literal_column("1"))
        .where(
            in_clinic(_successor),
            _successor.c.patient_id == _plan.c.patient_id,
            _successor.c.replaces_id == _plan.c.id,
            _successor.c.agreed_at.is_not(None),
        )
        .exists(),
    )
    .exists()
)
"""Match a strategy of a plan that no agreed version has replaced; not its copy in a version that is not agreed yet."""
_plan_insight = (
    sa.select(_plans.c.insight_id)
    .where(
        in_clinic(_plans),
        _plans.c.patient_id == _strategies.c.patient_id,
        _plans.c.id == _strategies.c.plan_id,
        sees_insight(_plans),
    )
    .correlate(_strategies)
    .scalar_subquery()
)
_own_insight = sa.case((sees_insight(_strategies), _strategies.c.insight_id))
_sums = sums_of(_is_present)
ARMS = (
    _strand(CourseTable, Strand.COURSE, "created_at"),
    _strand(
        DoseTable,
        Strand.DOSE,
        "given_at",
        _doses.c.withdrawn_at.is_(None),
        _among(_doses.c.session_id, SESSIONS),
        session_id=_doses.c.session_id,
        word=sa.type_coerce(_doses.c.route, sa.String()),
    ),
    _strand(
        ReflectionTable,
        Strand.REFLECTION,
        "happened_at",
        reflections.readable(_entries),
        sa.or_(
            _among(_entries.c.session_id, SESSIONS),
            sa.and_(
                sa.not_(_of_dosing),
                _entries.c.happened_at >= param("oldest_at", _entries.c.happened_at),
                _entries.c.happened_at < sa.func.coalesce(_next_at, sa.literal(NEVER, _entries.c.happened_at.type)),
            ),
        ),
        session_id=_entries.c.session_id,
    ),
    _strand(
        GoalTable,
        Strand.GOAL,
        "created_at",
        goals.counts,
        sees_insight(_goals),
        insight_id=_goals.c.insight_id,
        first=_goals.c.baseline_level,
        last=_last_level,
    ),
    _strand(
        StrategyTable,
        Strand.STRATEGY,
        "created_at",
        _sums.c.root_id == _strategies.c.id,
        insight_id=_own_insight,
        plan_insight_id=_plan_insight,
        goal_id=_strategies.c.goal_id,
        plan_id=_strategies.c.plan_id,
        first=_sums.c.uses,
        n=_sums.c.n,
        total=_sums.c.total,
        squares=_sums.c.squares,
    ),
)
"""One for each kind: what its own list shows, and of links those whose other end the reader sees."""
TEXTS = (
    Beside(Strand.COURSE, _courses, {"course_intention": "intention"}),
    Beside(Strand.REFLECTION, _entries, {"content": "content"}, (reflections.is_read,)),
    Beside(Strand.GOAL, _goals, {"goal_title": "title"}),
    Beside(Strand.STRATEGY, _strategies, {"strategy_title": "title"}),
)
_every = sa.union_all(*(sa.select(*one.subquery().c) for one in ARMS)).subquery()
STRANDS = Read("list_strands", with_texts(_every, TEXTS), StrandRow, Scope.OWNER)
"""All that hangs on the sessions of a page, at most 200 of each kind."""
