"""Statements of answers to instruments, and of their scores."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tombstones import is_alive
from integration_api.access.visible import (
    at_version,
    chart_rows,
    delete_in_chart,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.measures.measure_responses.rules import ResponseMode, ResponseState
from integration_api.resources.measures.measure_responses.tables import (
    MeasureResponseRow,
    MeasureResponseTable,
    MeasureScoreTable,
)
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

MAX_EARLIER = 100
"""The scores before one that it is compared with."""
_responses, _scores, _doses = table_of(MeasureResponseTable), table_of(MeasureScoreTable), table_of(DoseTable)
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_is_completed = _responses.c.state == ResponseState.COMPLETED
_is_draft = _responses.c.state == ResponseState.DRAFT
_is_mine = _responses.c.created_by_id == _ACTOR_ID


def readable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match answers that the actor may read: completed ones, and drafts of their own."""
    return sa.or_(table.c.state == ResponseState.COMPLETED, table.c.created_by_id == _ACTOR_ID)


_readable = sa.and_(readable(_responses), shown_to_programs(_responses.c.patient_id))
_stands = _responses.c.withdrawn_at.is_(None)
_filters = (
    _readable,
    optional(_responses.c.session_id),
    optional(_responses.c.instrument_id),
    optional(_responses.c.state),
    _responses.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_responses.c.happened_at, "happened_after", "happened_before"),
)

READ_MEASURE_RESPONSE = Read(
    "read_measure_response",
    chart_rows(MeasureResponseTable).where(_responses.c.id == param("id", _responses.c.id), _readable),
    MeasureResponseRow,
    Scope.OWNER,
)
LIST_MEASURE_RESPONSES = Read(
    "list_measure_responses",
    list_by_chart(MeasureResponseTable, "happened_at", *_filters),
    MeasureResponseRow,
    Scope.OWNER,
)
LIST_TEAM_MEASURE_RESPONSES = Read(
    "list_team_measure_responses",
    list_by_team(MeasureResponseTable, "happened_at", *_filters),
    MeasureResponseRow,
    Scope.OWNER,
)
MEASURE_RESPONSES_BY_IDS = Read(
    "measure_responses_by_ids", rows_by_ids(MeasureResponseTable, _readable), MeasureResponseRow, Scope.OWNER
)
MEASURE_RESPONSES = ChartList(
    LIST_MEASURE_RESPONSES,
    LIST_TEAM_MEASURE_RESPONSES,
    MEASURE_RESPONSES_BY_IDS,
    at="happened_at",
    bound="happened_before",
)


class AnsweredBefore(BaseModel):
    """When an instrument was answered before."""

    happened_at: datetime


_before: sa.Select[Any] = (
    sa.select(_responses.c.happened_at)
    .where(
        in_clinic(_responses),
        visible(_responses.c.patient_id),
        _responses.c.patient_id == param("patient_id", _responses.c.patient_id),
        _responses.c.instrument_id == param("instrument_id", _responses.c.instrument_id),
        _responses.c.happened_at < param("happened_at", _responses.c.happened_at),
        _responses.c.id != param("other_than_id", _responses.c.id),
        _is_completed,
        _stands,
    )
    .order_by(_responses.c.happened_at.desc(), _responses.c.id.desc())
    .limit(1)
)
ANSWERED_BEFORE = Read("answered_before", _before, AnsweredBefore, Scope.OWNER)


class EarlierScore(BaseModel):
    """One score of answers that were given before, and when the last dose before these answers was given."""

    value: float
    ceiling: float | None
    max_possible: int | None
    happened_at: datetime
    session_id: UUID | None
    first_dose_at: datetime | None
    last_dose_at: datetime | None


_doses_until = sa.select(_doses.c.given_at).where(
    in_clinic(_doses),
    _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
    _doses.c.withdrawn_at.is_(None),
    _doses.c.given_at <= param("happened_at", _doses.c.given_at),
)
_latest = (_doses.c.given_at.desc(), _doses.c.id.desc())
_last_dose = _doses_until.order_by(*_latest).limit(1).scalar_subquery()
_first_dose = _doses_until.order_by(_doses.c.given_at, _doses.c.id).limit(1).scalar_subquery()
_dose_lately = (
    _doses_until.where(_doses.c.given_at >= param("dosed_after", _doses.c.given_at))
    .order_by(*_latest)
    .limit(1)
    .scalar_subquery()
)
BEFORE_DOSE = Read(
    "measure_response_before_dose",
    chart_rows(MeasureResponseTable)
    .where(
        _responses.c.patient_id == param("patient_id", _responses.c.patient_id),
        _responses.c.instrument_id == param("instrument_id", _responses.c.instrument_id),
        _responses.c.happened_at < _dose_lately,
        _responses.c.id != param("other_than_id", _responses.c.id),
        _is_completed,
        _stands,
    )
    .order_by(_responses.c.happened_at.desc(), _responses.c.id.desc())
    .limit(1),
    MeasureResponseRow,
    Scope.OWNER,
)
"""The last answers to an instrument before the last dose, if that was given lately."""


def _earlier(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Select the scores of one kind of answers that stand, from before the present ones."""
    return (
        sa.select(*columns)
        .join(
            _responses,
            sa.and_(
                in_clinic(_responses),
                _responses.c.patient_id == _scores.c.patient_id,
                _responses.c.id == _scores.c.response_id,
                _stands,
            ),
        )
        .where(
            in_clinic(_scores),
            visible(_scores.c.patient_id),
            _scores.c.patient_id == param("patient_id", _scores.c.patient_id),
            _scores.c.happened_at < param("happened_at", _scores.c.happened_at),
            _scores.c.instrument_id == param("instrument_id", _scores.c.instrument_id),
            _scores.c.score_id == param("score_id", _scores.c.score_id),
            _scores.c.response_id != param("other_than_id", _scores.c.response_id),
        )
    )


_score_then = (
    *(_scores.c[name] for name in ("value", "ceiling", "max_possible", "happened_at")),
    _responses.c.session_id,
    _first_dose.label("first_dose_at"),
    _last_dose.label("last_dose_at"),
)
_newest_score = (_scores.c.happened_at.desc(), _scores.c.id.desc())
EARLIER_SCORES = Read(
    "earlier_scores",
    _earlier(*_score_then).order_by(*_newest_score).limit(MAX_EARLIER),
    EarlierScore,
    Scope.OWNER,
)
"""The newest scores of one kind before these answers: what they are compared with."""
LAST_SCORE_UNTIL = Read(
    "last_score_until",
    _earlier(*_score_then)
    .where(_scores.c.happened_at <= param("until", _scores.c.happened_at))
    .order_by(*_newest_score)
    .limit(1),
    EarlierScore,
    Scope.OWNER,
)
"""The last score until a dose, of whoever has answered more often since than the newest scores go back."""


class ScoreRange(BaseModel):
    """The lowest and the highest of scores; None of none."""

    lowest: float | None
    highest: float | None


EARLIER_RANGE = Read(
    "range_of_earlier_scores",
    _earlier(sa.func.min(_scores.c.value).label("lowest"), sa.func.max(_scores.c.value).label("highest")),
    ScoreRange,
    Scope.OWNER,
)
"""The best value so far of whoever has answered so often; which end that is, the instrument says."""

INSERT_MEASURE_RESPONSE = Change(
    "insert_measure_response",
    insert_for_chart(MeasureResponseTable, is_alive(MeasureResponseTable)),
    Scope.OWNER,
)
UPDATE_MEASURE_RESPONSE = Change(
    "update_measure_response",
    update_in_chart(MeasureResponseTable, ("answers", "language"), _is_mine, _is_draft),
    Scope.OWNER,
)
COMPLETE_MEASURE_RESPONSE = Change(
    "complete_measure_response",
    update_in_chart(
        MeasureResponseTable,
        ("state", "scores", "is_off_window", "completed_at", "happened_at"),
        _is_mine,
        _is_draft,
    ),
    Scope.OWNER,
)
DELETE_MEASURE_RESPONSE = Change(
    "delete_measure_response",
    delete_in_chart(MeasureResponseTable, *at_version(MeasureResponseTable), _is_mine, _is_draft),
    Scope.OWNER,
)
WITHDRAW_MEASURE_RESPONSE = Change(
    "withdraw_measure_response",
    update_in_chart(
        MeasureResponseTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _is_completed, _stands
    ),
    Scope.OWNER,
)
INSERT_MEASURE_SCORE = Change("insert_measure_score", insert_for_chart(MeasureScoreTable), Scope.OWNER)


def audience(row: MeasureResponseRow, _: object) -> Iterator[Changed]:
    """Yield who may see answers: everybody of the chart once they are completed, before that who gives them."""
    if row.state is ResponseState.COMPLETED:
        yield Changed("measure_response", row.id, Channel.CHART, row.patient_id)
    elif row.mode is ResponseMode.SELF_COMPLETED:
        yield Changed("measure_response", row.id, Channel.PATIENT, row.patient_id)
    else:
        yield Changed("measure_response", row.id, Channel.DRAFTS, row.patient_id, row.created_by_id)


declare(MeasureResponseTable, audience)
