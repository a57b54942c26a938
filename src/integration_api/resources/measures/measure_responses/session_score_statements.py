"""The Statement of the scores of dissociation in a session: the last of each instrument before its dose, and since."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.measures.measure_responses.late_dissociation import DISSOCIATION_SCORES
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable, MeasureScoreTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_responses, _scores = table_of(MeasureResponseTable), table_of(MeasureScoreTable)


class SessionScore(BaseModel):
    """One score of answers that were given in a session."""

    instrument_id: str
    value: float
    happened_at: datetime


def _last(instrument_id: str, score_id: str, *, is_before: bool) -> sa.Select[Any]:
    first = param("first_dose_at", _scores.c.happened_at)
    newest = (
        sa.select(_scores.c.instrument_id, _scores.c.value, _scores.c.happened_at)
        .join(
            _responses,
            sa.and_(
                in_clinic(_responses),
                _responses.c.patient_id == _scores.c.patient_id,
                _responses.c.id == _scores.c.response_id,
                _responses.c.session_id == param("session_id", _responses.c.session_id),
                _responses.c.withdrawn_at.is_(None),
            ),
        )
        .where(
            in_clinic(_scores),
            visible(_scores.c.patient_id),
            _scores.c.patient_id == param("patient_id", _scores.c.patient_id),
            _scores.c.happened_at <= first if is_before else _scores.c.happened_at > first,
            _scores.c.instrument_id == sa.literal(instrument_id),
            _scores.c.score_id == sa.literal(score_id),
            _scores.c.response_id != param("other_than_id", _scores.c.response_id),
        )
        .order_by(_scores.c.happened_at.desc(), _scores.c.id.desc())
        .limit(1)
        .subquery()
    )
    return sa.select(*newest.c)


SESSION_SCORES = Read(
    "dissociation_scores_of_session",
    sa.union_all(
        *(
            _last(instrument_id, score_id, is_before=is_before)
            for instrument_id, score_id in DISSOCIATION_SCORES.items()
            for is_before in (True, False)
        )
    ),
    SessionScore,
    Scope.OWNER,
)
