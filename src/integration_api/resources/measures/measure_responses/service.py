"""Give, complete and correct answers to instruments."""

from uuid import UUID

from pydantic import MISSING, JsonValue

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.care.sessions.service import load_session
from integration_api.resources.measures.instruments.scores import scores_of
from integration_api.resources.measures.measure_responses import statements as sql
from integration_api.resources.measures.measure_responses.answer_corrections import (
    NotYours,
    check_counts,
    load_corrected,
    withdraw,
)
from integration_api.resources.measures.measure_responses.completion import (
    check_taken,
    completed,
    invalid,
    keep_scores,
    load_instrument,
    one_of,
)
from integration_api.resources.measures.measure_responses.later_responses import judge_later
from integration_api.resources.measures.measure_responses.rules import (
    ResponseMode,
    ResponseState,
    is_screen,
    modes,
    respondents,
)
from integration_api.resources.measures.measure_responses.schemas import (
    MeasureResponse,
    MeasureResponseComplete,
    MeasureResponseCreate,
    MeasureResponseFilter,
    MeasureResponseUpdate,
)
from integration_api.resources.measures.measure_responses.tables import (
    MeasureResponseRow,
    MeasureResponseTable,
)
from integration_api.resources.people.patients.holds import OnHold, keep_if_held
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Conflict
from integration_api.web.instants import is_skewed
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw


class ResponseCompleted(Conflict):
    """The answers were completed, and never change."""

    code = "response-completed"
    title = "Answers are completed"
    remedy = "Give the right answers anew, with `corrects_id` and a reason."


async def list_measure_responses(work: Work, window: Window, only: MeasureResponseFilter) -> Page[MeasureResponse]:
    """List answers of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.MEASURE_RESPONSES, window, only, present)


async def read_measure_response(work: Work, response_id: UUID) -> MeasureResponse:
    """Return the answers that were given together. Raises NotFound."""
    row = await _load(work, response_id)
    _record(work, row)
    return present(row)


async def create_measure_response(work: Work, body: MeasureResponseCreate) -> MeasureResponse:
    """Keep answers, as a draft or completed; with `corrects_id`, in the place of others.

    Raises NotFound, Invalid, IdTaken, Superseded.
    """
    patient_id = body.patient_id or work.actor.patient_id
    if patient_id is None:
        raise invalid("patient_id", "missing", "say whose answers they are")
    instrument = await load_instrument(work, body.instrument_id)
    by_patient = work.actor.is_patient
    if body.session_id is not None:
        with referred_by("session_id"):
            session = await load_session(work, body.session_id)
        if session.patient_id != patient_id:
            raise not_found("session_id")
    corrected = await load_corrected(work, body, patient_id)
    check_taken(instrument, body.answers)
    values = new_values(
        work,
        body,
        patient_id=patient_id,
        state=ResponseState.DRAFT,
        respondent=one_of("respondent", body.respondent, respondents(instrument.kind, by_patient=by_patient)),
        mode=one_of("mode", body.mode, modes(by_patient=by_patient)),
        completed_at=None,
    )
    row = MeasureResponseRow(
        **values,
        instrument_version=instrument.version,
        scores=[],
        happened_at=work.now,
        created_by_id=work.actor.id,
    )
    told: Monitoring | None = None
    if body.state is ResponseState.COMPLETED:
        at = body.completed_at or (corrected.completed_at if corrected is not None else None)
        row, told = await completed(work, row, at)
    if corrected is not None:
        is_whole = is_screen(instrument, row.respondent, scores_of(instrument, row.answers))
        await withdraw(work, corrected, body.correction_reason, row.happened_at if is_whole else None, row)
    work.create(
        sql.INSERT_MEASURE_RESPONSE,
        row,
        {"uq_measure_responses_clinic_id_corrects_id": Superseded},
        missed=unseen_chart,
    )
    keep_scores(work, row)
    if row.state is ResponseState.COMPLETED:
        await judge_later(work, row)
    _record(work, row)
    return present(row, told)


async def update_measure_response(
    work: Work, response_id: UUID, body: MeasureResponseUpdate, expected_version: int
) -> MeasureResponse:
    """Change a draft of one's own. Raises NotFound, StaleVersion, ResponseCompleted, Invalid."""
    row = await _load_draft(work, response_id, expected_version)
    given: dict[str, object] = {}
    if body.answers is not MISSING:
        answers = {item: answer for item, answer in {**row.answers, **body.answers}.items() if answer is not None}
        check_taken(await load_instrument(work, row.instrument_id, row.instrument_version), answers)
        given["answers"] = answers
        if answers != row.answers:
            before: dict[str, JsonValue] = {**row.answers}
            keep_if_held(work, KeptKind.MEASURE_RESPONSE, row.id, row.patient_id, row.created_by_id, before)
    if body.language is not MISSING:
        given["language"] = body.language
    changed = work.revise(sql.UPDATE_MEASURE_RESPONSE, row, given)
    _record(work, row)
    return present(changed)


async def complete_measure_response(
    work: Work, response_id: UUID, body: MeasureResponseComplete, expected_version: int
) -> MeasureResponse:
    """Score a draft of one's own, for good. Raises NotFound, StaleVersion, ResponseCompleted, Invalid."""
    row = await _load_draft(work, response_id, expected_version)
    whole, told = await completed(work, row, body.completed_at)
    names = ("state", "scores", "is_off_window", "completed_at", "happened_at")
    changed = work.revise(sql.COMPLETE_MEASURE_RESPONSE, row, {name: getattr(whole, name) for name in names})
    keep_scores(work, changed)
    await judge_later(work, changed)
    _record(work, row)
    return present(changed, told)


async def delete_measure_response(work: Work, response_id: UUID, expected_version: int) -> None:
    """Delete a draft of one's own. Raises NotFound, StaleVersion, ResponseCompleted, OnHold."""
    row = await _load_draft(work, response_id, expected_version)
    if (await load_patient(work, row.patient_id)).held_at is not None:
        raise OnHold
    work.leave_tombstone(MeasureResponseTable.__tablename__, row, row.patient_id)
    work.change(sql.DELETE_MEASURE_RESPONSE, row, expected_version=row.version)
    work.forget_responses(row.patient_id, row.id)
    _record(work, row)


async def withdraw_measure_response(
    work: Work, response_id: UUID, body: Withdraw, expected_version: int
) -> MeasureResponse:
    """Keep completed answers that staff wrote down in error, as withdrawn.

    Raises NotFound, StaleVersion, Superseded, Invalid for a patient's own answers.
    """
    row = await _load(work, response_id)
    check_version(row, expected_version)
    check_counts(row)
    if row.mode is ResponseMode.SELF_COMPLETED:
        raise NotYours
    changed = await withdraw(work, row, body.reason)
    _record(work, row)
    return present(changed)


async def _load(work: Work, response_id: UUID) -> MeasureResponseRow:
    return await work.get(sql.READ_MEASURE_RESPONSE, id=response_id)


async def _load_draft(work: Work, response_id: UUID, expected_version: int) -> MeasureResponseRow:
    row = await _load(work, response_id)
    check_version(row, expected_version)
    if row.state is not ResponseState.DRAFT:
        raise ResponseCompleted
    return row


def _record(work: Work, row: MeasureResponseRow) -> None:
    """Record the operation's Event. An auditor does not see what patients do with their drafts."""
    is_private = row.state is ResponseState.DRAFT and row.mode is ResponseMode.SELF_COMPLETED
    work.record(row.id, row.patient_id, is_private=is_private)


def present(row: MeasureResponseRow, monitoring: Monitoring | None = None) -> MeasureResponse:
    """Return answers as everybody sees them who may see them."""
    is_wrong = row.completed_at is not None and is_skewed(row.completed_at, row.happened_at)
    return MeasureResponse.of(row, clock_skewed=is_wrong, monitoring=monitoring)
