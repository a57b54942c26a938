"""Statements of dose briefs: the session with its assessment, and its parts. Neither reads any text of a person."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, to_key, visible
from integration_api.resources.attention.flags.tables import FlagTable
from integration_api.resources.care.adverse_events.tables import AdverseEventTable
from integration_api.resources.care.assessments.rules import AssessmentDecision
from integration_api.resources.care.assessments.tables import AssessmentTable
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.tables import DoseTable, VitalTable
from integration_api.resources.care.monitoring.statements import MONITORED, MonitoredRow
from integration_api.resources.care.readiness.cause_statements import holding_elsewhere, holding_flags
from integration_api.resources.care.readiness.rules import HoldState
from integration_api.resources.care.readiness.tables import HoldTable
from integration_api.resources.care.sessions.tables import SessionState, SessionTable
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable, MeasureScoreTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

MAX_DOSES, MAX_READINGS, MAX_EVENTS, MAX_HOLDS, MAX_SCORES = 100, 2000, 200, 200, 500
"""The newest of one session that a brief looks at; of scores, the newest of the chart."""
_sessions, _assessments = table_of(SessionTable), table_of(AssessmentTable)
_doses, _vitals = table_of(DoseTable), table_of(VitalTable)
_events, _holds = table_of(AdverseEventTable), table_of(HoldTable)
_flags = table_of(FlagTable)
_patient_id: sa.ColumnElement[UUID] = sa.bindparam("patient_id", type_=_holds.c.patient_id.type)
_scores, _responses = table_of(MeasureScoreTable), table_of(MeasureResponseTable)


class BriefedRow(MonitoredRow):
    """A session as it is monitored, and its assessment."""

    state: SessionState
    decision: AssessmentDecision | None
    reasons: list[str] | None
    assessed_at: datetime | None
    assessed_by_id: UUID | None


class PartRow(BaseModel):
    """One part of a brief; which columns are filled depends on the part."""

    part: str
    id: UUID
    at: datetime
    ended_at: datetime | None
    word: str
    more: str | None
    third: str | None
    fourth: str | None
    number: float | None
    second_number: float | None
    minutes: int | None
    devices: int | None
    is_held: bool | None
    due_at: datetime | None
    reviewed_at: datetime | None


_keys, _is_their_key = to_key(_sessions)
READ_BRIEFED = Read(
    "read_briefed_session",
    sa.select(
        *MONITORED,
        _sessions.c.state,
        _keys.c.wrapped_key.label(WRAPPED_KEY),
        *(_assessments.c[name].label(f"assessment_{name}") for name in ("clinic_id", "id", "patient_id", "version")),
        _assessments.c.decision,
        _assessments.c.reasons,
        _assessments.c.updated_at.label("assessed_at"),
        _assessments.c.updated_by_id.label("assessed_by_id"),
    )
    .select_from(_sessions)
    .join(_keys, _is_their_key)
    .outerjoin(
        _assessments,
        sa.and_(
            in_clinic(_assessments),
            _assessments.c.patient_id == _sessions.c.patient_id,
            _assessments.c.id == _sessions.c.id,
        ),
    )
    .where(
        in_clinic(_sessions), visible(_sessions.c.patient_id), _sessions.c.id == param("session_id", _sessions.c.id)
    ),
    BriefedRow,
    Scope.OWNER,
)


def _filled(
    table: sa.Table,
    part: str,
    row_id: sa.ColumnElement[UUID],
    at: sa.ColumnElement[datetime],
    columns: Mapping[str, sa.ColumnElement[Any]],
) -> sa.Select[Any]:
    """SELECT the columns of a `PartRow`, those that are not given as null."""

    def filled(name: str, kind: sa.types.TypeEngine[Any]) -> sa.ColumnElement[Any]:
        found = columns[name] if name in columns else sa.cast(sa.null(), kind)
        return (sa.type_coerce(found, kind) if isinstance(kind, sa.String) else found).label(name)

    return sa.select(
        sa.literal(part, sa.String()).label("part"),
        row_id.label("id"),
        at.label("at"),
        filled("ended_at", at.type),
        *(filled(name, sa.String()) for name in ("word", "more", "third", "fourth")),
        *(filled(name, sa.Double()) for name in ("number", "second_number")),
        *(filled(name, sa.Integer()) for name in ("minutes", "devices")),
        filled("is_held", sa.Boolean()),
        *(filled(name, at.type) for name in ("due_at", "reviewed_at")),
    ).select_from(table)


def _arm(
    table: sa.Table, part: str, at: str, rows: int, stands: sa.ColumnElement[bool], **columns: str
) -> sa.Select[Any]:
    """Return the newest rows of one part of a session; `columns` name those of the table by those of a `PartRow`."""
    patient_id = sa.bindparam("patient_id", type_=table.c.patient_id.type)
    return (
        _filled(table, part, table.c.id, table.c[at], {name: table.c[column] for name, column in columns.items()})
        .where(
            in_clinic(table),
            visible(patient_id),
            table.c.patient_id == patient_id,
            table.c.session_id == param("session_id", table.c.session_id),
            stands,
        )
        .order_by(table.c[at].desc(), table.c.id.desc())
        .limit(rows)
    )


def _scores_of_chart() -> sa.Select[Any]:
    """Return the newest scores of the chart, of answers that were completed and stand."""
    patient_id = sa.bindparam("patient_id", type_=_scores.c.patient_id.type)
    columns: dict[str, sa.ColumnElement[Any]] = {
        "word": _scores.c.instrument_id,
        "more": _scores.c.score_id,
        "number": _scores.c.value,
        "second_number": _scores.c.ceiling,
        "minutes": _scores.c.max_possible,
        "is_held": _responses.c.is_off_window,
    }
    return (
        _filled(_scores, "score", _scores.c.response_id, _scores.c.happened_at, columns)
        .join(
            _responses,
            sa.and_(
                in_clinic(_responses),
                _responses.c.patient_id == _scores.c.patient_id,
                _responses.c.id == _scores.c.response_id,
                _responses.c.state == ResponseState.COMPLETED,
                _responses.c.withdrawn_at.is_(None),
            ),
        )
        .where(in_clinic(_scores), visible(patient_id), _scores.c.patient_id == patient_id)
        .order_by(_scores.c.happened_at.desc(), _scores.c.id.desc())
        .limit(MAX_SCORES)
    )


_ARMS = (
    _arm(
        _doses,
        "dose",
        "given_at",
        MAX_DOSES,
        _doses.c.withdrawn_at.is_(None),
        word="route",
        more="kind",
        number="amount_mg",
        second_number="weight_kg",
        minutes="infusion_minutes",
        devices="devices",
        is_held="given_while_held",
    ),
    _arm(
        _vitals,
        "vital",
        "taken_at",
        MAX_READINGS,
        sa.and_(_vitals.c.withdrawn_at.is_(None), _vitals.c.field != VitalField.OBSERVATION),
        word="field",
        number="value",
        second_number="diastolic",
    ),
    _arm(
        _events,
        "event",
        "onset_at",
        MAX_EVENTS,
        _events.c.withdrawn_at.is_(None),
        ended_at="ended_at",
        word="kind",
        more="severity",
        third="relatedness",
        fourth="outcome",
        due_at="review_due_at",
        reviewed_at="reviewed_at",
    ),
    _arm(_holds, "hold", "created_at", MAX_HOLDS, _holds.c.state == HoldState.OPEN, word="rule", more="item"),
    _scores_of_chart(),
)
_ARMS_OF_CAUSES = (
    _filled(_flags, "flag", _flags.c.id, _flags.c.alerted_at, {"word": _flags.c.rule})
    .where(*holding_flags(_patient_id))
    .order_by(_flags.c.alerted_at, _flags.c.id)
    .limit(MAX_HOLDS),
    _filled(_holds, "elsewhere", _holds.c.id, _holds.c.created_at, {"word": _holds.c.rule, "more": _holds.c.item})
    .where(*holding_elsewhere(_patient_id))
    .limit(MAX_HOLDS),
)
_every = sa.union_all(*(sa.select(*arm.subquery().c) for arm in (*_ARMS, *_ARMS_OF_CAUSES))).subquery("every")
PARTS_OF_SESSION = Read("parts_of_dose_brief", sa.select(*_every.c), PartRow, Scope.OWNER)
"""In one round trip: each arm reads the newest rows of one index. A database takes LIMIT of an arm in a subquery."""
