"""The Statement of outcomes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.sessions.tables import Phase, SessionTable
from integration_api.resources.measures.instruments.catalogue import instruments, main_score
from integration_api.resources.measures.instruments.statements import is_own
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable, MeasureScoreTable
from integration_api.resources.people.consent_documents.purpose_statements import permits
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of

MAX_SCORES = 50_000
"""The scores that one answer takes into account: some 500 people who answer three instruments each week."""

_doses, _sessions = table_of(DoseTable), table_of(SessionTable)
_scores, _responses = table_of(MeasureScoreTable), table_of(MeasureResponseTable)
_keys = VAULT_KEYS.alias("key_of_chart")
_key: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
    _keys.c.clinic_id == _doses.c.clinic_id, _keys.c.id == _doses.c.patient_id
)
_before, _same = _doses.alias("dose_before"), _doses.alias("dose_of_session")
_MAIN = sorted({score.id for one in instruments().values() if (score := main_score(one)) is not None})


class OutcomeScore(BaseModel):
    """A score around somebody's first dose of a quarter; no text, and no name."""

    patient_id: UUID
    first_dose_at: datetime
    dose_stored_at: datetime
    instrument_id: str
    instrument_version: int
    score_id: str
    happened_at: datetime
    stored_at: datetime
    response_id: UUID
    value: float
    ceiling: float | None
    max_possible: int | None


def _none(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.not_(any_for_row(sa.select(sa.literal_column("1")).where(*conditions).correlate(_doses)))


_starts_at, _ends_at = param("starts_at", _doses.c.given_at), param("ends_at", _doses.c.given_at)
_is_first = (
    in_clinic(_doses),
    _doses.c.given_at >= _starts_at,
    _doses.c.given_at < _ends_at,
    _doses.c.withdrawn_at.is_(None),
    in_clinic(_sessions),
    _sessions.c.id == _doses.c.session_id,
    _sessions.c.phase == Phase.DOSING,
    _none(
        in_clinic(_before),
        _before.c.patient_id == _doses.c.patient_id,
        _before.c.given_at >= _starts_at,
        _before.c.withdrawn_at.is_(None),
        sa.tuple_(_before.c.given_at, _before.c.id) < sa.tuple_(_doses.c.given_at, _doses.c.id),
    ),
    _none(
        in_clinic(_same),
        _same.c.patient_id == _doses.c.patient_id,
        _same.c.session_id == _doses.c.session_id,
        _same.c.withdrawn_at.is_(None),
        sa.tuple_(_same.c.given_at, _same.c.id) < sa.tuple_(_doses.c.given_at, _doses.c.id),
    ),
)
"""Match somebody's first dose of the quarter, if it is the first of its dosing session."""
_firsts = (
    sa.select(_doses.c.patient_id, _doses.c.given_at, _doses.c.id, _doses.c.created_at)
    .where(actor_is_current(), *_is_first, any_for_row(_key), permits(_doses.c.patient_id, ConsentPurpose.RESEARCH))
    .order_by(_doses.c.given_at, _doses.c.id)
    .limit(MAX_SCORES + 1)
    .subquery()
)
OUTCOME_SCORES = Read(
    "list_outcome_scores",
    sa.select(
        _firsts.c.patient_id,
        _firsts.c.given_at.label("first_dose_at"),
        _firsts.c.created_at.label("dose_stored_at"),
        *(_scores.c[name] for name in ("instrument_id", "score_id", "happened_at", "response_id")),
        *(_scores.c[name] for name in ("value", "ceiling", "max_possible")),
        _responses.c.instrument_version,
        _responses.c.updated_at.label("stored_at"),
    )
    .select_from(_firsts)
    .where(
        in_clinic(_scores),
        _scores.c.patient_id == _firsts.c.patient_id,
        _scores.c.happened_at >= param("scores_from", _scores.c.happened_at),
        _scores.c.happened_at < param("scores_to", _scores.c.happened_at),
        sa.or_(
            *(_scores.c.score_id == sa.literal(name, sa.String()) for name in _MAIN),
            is_own(_scores.c.instrument_id),
        ),
        in_clinic(_responses),
        _responses.c.id == _scores.c.response_id,
        _responses.c.patient_id == _firsts.c.patient_id,
        _responses.c.state == ResponseState.COMPLETED,
        _responses.c.withdrawn_at.is_(None),
    )
    .limit(MAX_SCORES + 1),
    OutcomeScore,
    Scope.CLINIC,
    "numbers over the whole clinic: they leave as sums over at least five people, and no row of them does",
)
"""By person: it enters the doses by the quarter, and the scores by the person. The service takes the rows in any
order.
"""
