"""Many completed answers of one chart, written without a request each."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from integration_api.core.ids import new_id
from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.instruments.scores import scores_of
from integration_api.resources.measures.measure_responses import statements as sql
from integration_api.resources.measures.measure_responses.completion import keep_scores
from integration_api.resources.measures.measure_responses.operations import CREATE_MEASURE_RESPONSE
from integration_api.resources.measures.measure_responses.rules import Respondent, ResponseMode, ResponseState
from integration_api.resources.measures.measure_responses.score_parts import score_there
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow
from tests.factories.reflections import work_of
from tests.support import Person

_TOGETHER = 20


async def many_answers(therapist: Person, chart: str, moments: Sequence[datetime]) -> None:
    """Answers to the PHQ-9 at each of these moments, with one score each."""
    instrument = instruments()["phq9"]
    for first in range(0, len(moments), _TOGETHER):
        work = work_of(therapist, CREATE_MEASURE_RESPONSE)
        for place, at in enumerate(moments[first : first + _TOGETHER]):
            given: dict[str, int | str | None] = {f"phq9.{n}": (first + place + n) % 4 for n in range(1, 10)}
            row = MeasureResponseRow(
                clinic_id=therapist.actor.clinic_id,
                id=new_id(),
                created_at=work.now,
                updated_at=work.now,
                patient_id=UUID(chart),
                instrument_id=instrument.id,
                instrument_version=instrument.version,
                state=ResponseState.COMPLETED,
                respondent=Respondent.PATIENT,
                mode=ResponseMode.INTERVIEW,
                answers=given,
                scores=[score_there(score) for score in scores_of(instrument, given)],
                completed_at=at,
                happened_at=at,
                created_by_id=therapist.actor.id,
            )
            work.create(sql.INSERT_MEASURE_RESPONSE, row)
            keep_scores(work, row)
        work.record(row.id, row.patient_id)
        await work.apply()
