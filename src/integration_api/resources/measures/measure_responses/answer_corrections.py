"""Answers that take the place of completed ones, and who may give them."""

from datetime import datetime
from uuid import UUID

from integration_api.access.references import not_found, referred_by
from integration_api.access.revisions import Superseded
from integration_api.access.work import Work
from integration_api.resources.attention.flags.flag_holds import hold_again
from integration_api.resources.measures.measure_responses import statements as sql
from integration_api.resources.measures.measure_responses.completion import invalid
from integration_api.resources.measures.measure_responses.rules import ResponseMode, ResponseState
from integration_api.resources.measures.measure_responses.schemas import MeasureResponseCreate
from integration_api.resources.measures.measure_responses.session_dissociation import follow_withdrawn_answers
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow
from integration_api.web.errors import Conflict


class NotYours(Conflict):
    """The patient gave these answers; only the patient can correct them."""

    code = "answers-of-the-patient"
    title = "Answers of the patient"
    remedy = "Ask the patient to correct them, or write a note about it."


def check_counts(row: MeasureResponseRow) -> None:
    """Raise Superseded unless the answers are completed and count."""
    if row.withdrawn_at is not None or row.state is not ResponseState.COMPLETED:
        raise Superseded


async def load_corrected(work: Work, body: MeasureResponseCreate, patient_id: UUID) -> MeasureResponseRow | None:
    """Return the answers that these take the place of. Raises NotFound, Superseded, NotYours, Invalid."""
    if body.corrects_id is None:
        return None
    with referred_by("corrects_id"):
        row = await work.get(sql.READ_MEASURE_RESPONSE, id=body.corrects_id)
    if row.patient_id != patient_id:
        raise not_found("corrects_id")
    if body.state is not ResponseState.COMPLETED:
        raise invalid("state", "draft", "must be completed, if it takes the place of others")
    if body.correction_reason is None:
        raise invalid("correction_reason", "missing", "is needed with corrects_id")
    if row.instrument_id != body.instrument_id:
        raise invalid("instrument_id", "another_instrument", "must be that of the corrected answers")
    check_counts(row)
    if (row.mode is ResponseMode.SELF_COMPLETED) != work.actor.is_patient:
        raise NotYours
    return row


async def withdraw(
    work: Work,
    row: MeasureResponseRow,
    reason: str | None,
    screened_at: datetime | None = None,
    instead: MeasureResponseRow | None = None,
) -> MeasureResponseRow:
    """Collect that answers by staff, or of the patient, are withdrawn; what a screen has ended holds doses again.

    `screened_at` is of the whole screen in its place; `instead` are the answers in their place.
    """
    if instead is None or instead.session_id != row.session_id:
        await follow_withdrawn_answers(work, row)
    if row.mode is not ResponseMode.SELF_COMPLETED:
        await hold_again(work, row.patient_id, row.updated_at, screened_at)
    values = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": reason}
    return work.revise(sql.WITHDRAW_MEASURE_RESPONSE, row, values, missed=Superseded)
