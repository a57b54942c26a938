"""The answers to an instrument that came next after some that arrive late, with the doses before each."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from integration_api.access.visible import chart_rows, in_clinic
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow, MeasureResponseTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

MAX_LATER = 5
"""The answers after some that arrive late that are judged again."""
_responses, _doses = table_of(MeasureResponseTable), table_of(DoseTable)


class LaterRow(MeasureResponseRow):
    """Answers that were there before, and when the first and the last dose until then were given."""

    first_dose_at: datetime | None
    last_dose_at: datetime | None


def _dose_until(*order: sa.ColumnElement[Any]) -> sa.ScalarSelect[datetime]:
    return (
        sa.select(_doses.c.given_at)
        .where(
            in_clinic(_doses),
            _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
            _doses.c.withdrawn_at.is_(None),
            _doses.c.given_at <= _responses.c.happened_at,
        )
        .order_by(*order)
        .limit(1)
        .correlate(_responses)
        .scalar_subquery()
    )


LATER_RESPONSES = Read(
    "later_measure_responses",
    chart_rows(
        MeasureResponseTable,
        _dose_until(_doses.c.given_at, _doses.c.id).label("first_dose_at"),
        _dose_until(_doses.c.given_at.desc(), _doses.c.id.desc()).label("last_dose_at"),
    )
    .where(
        _responses.c.patient_id == param("patient_id", _responses.c.patient_id),
        _responses.c.instrument_id == param("instrument_id", _responses.c.instrument_id),
        _responses.c.happened_at > param("happened_at", _responses.c.happened_at),
        _responses.c.id != param("other_than_id", _responses.c.id),
        _responses.c.state == ResponseState.COMPLETED,
        _responses.c.withdrawn_at.is_(None),
    )
    .order_by(_responses.c.happened_at, _responses.c.id)
    .limit(MAX_LATER),
    LaterRow,
    Scope.OWNER,
)
