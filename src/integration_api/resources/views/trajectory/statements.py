"""Statements of trajectories: scores, their baselines, and the doses, sessions and adverse events beside them.

Each shows the rows that the reader's own list of that kind shows; of answers, the completed ones that stand.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import chart_rows, in_clinic, list_by_chart, optional, to_key, visible
from integration_api.resources.care.adverse_events.kinds import AdverseEventKind, EventSeverity
from integration_api.resources.care.adverse_events.tables import AdverseEventTable
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.sessions.tables import Phase, SessionState, SessionTable
from integration_api.resources.measures.instruments.catalogue import instruments, numeric_scores
from integration_api.resources.measures.instruments.statements import is_own
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable, MeasureScoreTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between, newest_first

MAX_POINTS, MAX_BESIDE = 2000, 500
"""The newest scores, and the newest of each kind beside them, that one answer shows."""
MAX_INSTRUMENTS = 20
INSTRUMENTS = tuple(f"instrument_{n}" for n in range(MAX_INSTRUMENTS))
"""The parameters of the instruments that are asked for; all of them null: any."""

_scores, _responses = table_of(MeasureScoreTable), table_of(MeasureResponseTable)
_doses, _sessions, _courses = table_of(DoseTable), table_of(SessionTable), table_of(CourseTable)
_events = table_of(AdverseEventTable)
_PATIENT_ID = param("patient_id", _scores.c.patient_id)


class ScoredPoint(BaseModel):
    """One score of answers that were completed and stand."""

    response_id: UUID
    instrument_id: str
    instrument_version: int
    score_id: str
    happened_at: datetime
    value: float
    ceiling: float | None
    max_possible: int | None
    is_off_window: bool


class BaselinePoint(ScoredPoint):
    """A score that others are compared with; `is_declared` if the request names its answers."""

    is_declared: bool


class FirstDose(BaseModel):
    """The dose before which a baseline is looked for."""

    id: UUID
    given_at: datetime
    course_id: UUID | None


class DoseThen(BaseModel):
    """A dose that stands."""

    id: UUID
    session_id: UUID
    given_at: datetime
    route: DoseRoute
    kind: DoseKind
    amount_mg: float


class SessionThen(BaseModel):
    """A session, without its text."""

    id: UUID
    phase: Phase
    state: SessionState
    planned_start_at: datetime
    started_at: datetime | None


class EventThen(BaseModel):
    """An adverse event that stands, without its text."""

    id: UUID
    session_id: UUID
    kind: AdverseEventKind
    severity: EventSeverity
    onset_at: datetime
    ended_at: datetime | None


def _unread(table: sa.Table, into: type[BaseModel]) -> list[str]:
    return [column.name for column in table.c if column.name not in into.model_fields]


def _counts(responses: sa.FromClause, scores: sa.FromClause) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the answers of a score if they are completed and stand."""
    return (
        in_clinic(responses),
        responses.c.patient_id == _PATIENT_ID,
        responses.c.id == scores.c.response_id,
        responses.c.state == ResponseState.COMPLETED,
        responses.c.withdrawn_at.is_(None),
    )


def _points(*more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    of_score = ("response_id", "instrument_id", "score_id", "happened_at", "value", "ceiling", "max_possible")
    return (
        sa.select(
            *(_scores.c[name] for name in of_score),
            _responses.c.instrument_version,
            _responses.c.is_off_window,
            *more,
        )
        .select_from(_scores)
        .join(*to_key(_scores))
        .where(
            in_clinic(_scores),
            visible(_PATIENT_ID),
            _scores.c.patient_id == _PATIENT_ID,
            *_counts(_responses, _scores),
        )
    )


_is_asked_for = sa.or_(
    param(INSTRUMENTS[0], _scores.c.instrument_id).is_(None),
    _scores.c.instrument_id.in_([param(name, _scores.c.instrument_id) for name in INSTRUMENTS]),
)
TRAJECTORY_POINTS = Read(
    "list_trajectory_points",
    newest_first(
        _points().where(
            _is_asked_for,
            optional(_scores.c.score_id),
            between(_scores.c.happened_at, "happened_from", "happened_to"),
        ),
        _scores.c.happened_at,
        _scores.c.id,
    ),
    ScoredPoint,
    Scope.OWNER,
)

_course_dose, _course_session = _doses.alias("dose_of_course"), _sessions.alias("session_of_course")
_latest_course = (
    sa.select(_courses.c.id)
    .where(
        in_clinic(_courses),
        _courses.c.patient_id == _PATIENT_ID,
        sa.select(sa.literal_column("1"))
        .where(
            in_clinic(_course_dose),
            _course_dose.c.patient_id == _PATIENT_ID,
            _course_dose.c.withdrawn_at.is_(None),
            in_clinic(_course_session),
            _course_session.c.patient_id == _PATIENT_ID,
            _course_session.c.id == _course_dose.c.session_id,
            _course_session.c.course_id == _courses.c.id,
        )
        .correlate(_courses)
        .exists(),
    )
    .order_by(_courses.c.created_at.desc(), _courses.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_course_of_dose = (
    sa.select(_sessions.c.course_id)
    .where(in_clinic(_sessions), _sessions.c.patient_id == _PATIENT_ID, _sessions.c.id == _doses.c.session_id)
    .correlate(_doses)
    .scalar_subquery()
)
"""No join: by one, PostgreSQL may begin at the sessions and sort the doses."""
FIRST_DOSE = Read(
    "first_dose_of_latest_course",
    chart_rows(DoseTable, _course_of_dose.label("course_id"), without=_unread(_doses, FirstDose))
    .where(
        _doses.c.patient_id == _PATIENT_ID,
        _doses.c.withdrawn_at.is_(None),
        _course_of_dose.is_not_distinct_from(_latest_course),
    )
    .order_by(_doses.c.given_at, _doses.c.id)
    .limit(1),
    FirstDose,
    Scope.OWNER,
)
"""The first dose of the latest course that has one; without any such course, the first dose of the chart."""


def _word(text: str, name: str) -> sa.ColumnElement[str]:
    return sa.literal(text, sa.String()).label(name)


_pair = sa.union_all(
    *(
        sa.select(_word(instrument.id, "instrument_id"), _word(score.id, "score_id"))
        for instrument in instruments().values()
        for score in numeric_scores(instrument)
    )
).subquery()
_earlier, _earlier_score = _responses.alias("earlier_response"), _scores.alias("earlier_score")
_last_before = (
    sa.select(_earlier_score.c.id)
    .where(
        *_counts(_earlier, _earlier_score),
        _earlier.c.instrument_id == _pair.c.instrument_id,
        _earlier.c.happened_at < param("baseline_before", _earlier.c.happened_at),
        in_clinic(_earlier_score),
        _earlier_score.c.patient_id == _PATIENT_ID,
        _earlier_score.c.score_id == _pair.c.score_id,
    )
    .order_by(_earlier.c.happened_at.desc(), _earlier.c.id.desc())
    .limit(1)
    .correlate(_pair)
    .scalar_subquery()
)
_later, _later_score = _responses.alias("later_response"), _scores.alias("later_score")
_is_last_of_own = sa.not_(
    sa.select(sa.literal_column("1"))
    .where(
        *_counts(_later, _later_score),
        _later.c.instrument_id == _scores.c.instrument_id,
        sa.tuple_(_later.c.happened_at, _later.c.id) > sa.tuple_(_scores.c.happened_at, _scores.c.response_id),
        _later.c.happened_at < param("baseline_before", _later.c.happened_at),
        in_clinic(_later_score),
        _later_score.c.patient_id == _PATIENT_ID,
        _later_score.c.score_id == _scores.c.score_id,
    )
    .correlate(_scores)
    .exists()
)
TRAJECTORY_BASELINES = Read(
    "list_trajectory_baselines",
    sa.union_all(
        _points(sa.false().label("is_declared")).where(
            is_own(_scores.c.instrument_id),
            _scores.c.happened_at < param("baseline_before", _scores.c.happened_at),
            _is_last_of_own,
        ),
        _points(sa.false().label("is_declared")).where(
            _scores.c.id == _last_before,
            _scores.c.instrument_id == _pair.c.instrument_id,
            _scores.c.score_id == _pair.c.score_id,
        ),
        _points(sa.true().label("is_declared")).where(
            _scores.c.response_id == param("baseline_response_id", _scores.c.response_id)
        ),
    ),
    BaselinePoint,
    Scope.OWNER,
)
"""Of each score the last one before an instant, and the scores of answers that are named.

For each of the list, one look at the index of answers; for own instruments, one for each score before then."""

TRAJECTORY_DOSES = Read(
    "list_trajectory_doses",
    list_by_chart(
        DoseTable,
        "given_at",
        _doses.c.withdrawn_at.is_(None),
        between(_doses.c.given_at, "happened_from", "happened_to"),
        without=_unread(_doses, DoseThen),
    ),
    DoseThen,
    Scope.OWNER,
)
TRAJECTORY_SESSIONS = Read(
    "list_trajectory_sessions",
    list_by_chart(
        SessionTable,
        "planned_start_at",
        between(_sessions.c.planned_start_at, "happened_from", "happened_to"),
        without=_unread(_sessions, SessionThen),
    ),
    SessionThen,
    Scope.OWNER,
)
TRAJECTORY_EVENTS = Read(
    "list_trajectory_events",
    list_by_chart(
        AdverseEventTable,
        "onset_at",
        _events.c.withdrawn_at.is_(None),
        between(_events.c.onset_at, "happened_from", "happened_to"),
        without=_unread(_events, EventThen),
    ),
    EventThen,
    Scope.OWNER,
)
