"""Record adverse events, follow them to their end, and have a prescriber review those that are serious."""

from typing import Any
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.adverse_events import statements as sql
from integration_api.resources.care.adverse_events.kinds import ReportedTo, Seriousness
from integration_api.resources.care.adverse_events.rules import (
    Judged,
    event_problems,
    findings,
    hits_of_event,
    is_worse,
    review_due,
)
from integration_api.resources.care.adverse_events.schemas import (
    AdverseEvent,
    AdverseEventCreate,
    AdverseEventFilter,
    AdverseEventUpdate,
)
from integration_api.resources.care.adverse_events.tables import AdverseEventRow, AdverseEventVersionRow
from integration_api.resources.care.readiness.dose_holds import hold_by_decision
from integration_api.resources.care.readiness.evaluation import load_dosing_session
from integration_api.resources.care.readiness.rules import Unmet
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.web.errors import Conflict, Invalid
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Withdraw


class NothingToReview(Conflict):
    """A prescriber reviews an adverse event that is serious or critical, once for what is known of it."""

    code = "nothing-to-review"
    title = "Nothing to review"
    remedy = "Offer the review if `review_due_at` is there and `reviewed_at` is null."


async def list_adverse_events(work: Work, window: Window, only: AdverseEventFilter) -> Page[AdverseEvent]:
    """List the adverse events of one chart, or of every chart that the actor may see; the latest onset first."""
    return await list_charts(work, sql.ADVERSE_EVENTS, window, only, present)


async def read_adverse_event(work: Work, adverse_event_id: UUID) -> AdverseEvent:
    """Return one adverse event. Raises NotFound."""
    row = await _load(work, adverse_event_id)
    work.record(row.id, row.patient_id)
    return present(row)


async def create_adverse_event(work: Work, session_id: UUID, body: AdverseEventCreate) -> AdverseEvent:
    """Record an adverse event of a dosing session. Raises NotFound, NotDosing, IdTaken, Invalid."""
    session = await load_dosing_session(work, session_id)
    known_at = body.known_at or work.now
    check_not_in_future("body.known_at", known_at, work.now)
    row = AdverseEventRow(
        **new_values(work, body, known_at=known_at),
        patient_id=session.patient_id,
        session_id=session.id,
        created_by_id=work.actor.id,
    )
    _check(work, row)
    row = row.model_copy(update={"review_due_at": review_due(_judged(row), known_at)})
    work.create(sql.INSERT_ADVERSE_EVENT, row)
    await _ask_for_review(work, row, is_news=True)
    work.record(row.id, row.patient_id)
    return present(row)


async def update_adverse_event(
    work: Work, adverse_event_id: UUID, body: AdverseEventUpdate, expected_version: int
) -> AdverseEvent:
    """Change what is given, and keep what stood. Raises NotFound, StaleVersion, Superseded, Invalid.

    If it is worse than what a prescriber reviewed, the review is asked for again. A review that was asked for is not
    taken back by whoever changes the event.
    """
    row = await _load_current(work, adverse_event_id, expected_version)
    _keep_version(work, row)
    given: dict[str, Any] = dict(changed_values(body, vars(row)))
    changed = row.model_copy(update=given)
    _check(work, changed)
    given["review_due_at"] = row.review_due_at or review_due(_judged(changed), work.now)
    is_news = is_worse(_judged(changed), _judged(row))
    if is_news:
        given |= {"reviewed_at": None, "reviewed_by_id": None}
    changed = work.revise(sql.UPDATE_ADVERSE_EVENT, row, given)
    await _ask_for_review(work, changed, is_news=is_news)
    work.record(row.id, row.patient_id)
    return present(changed)


async def list_adverse_event_versions(work: Work, adverse_event_id: UUID, window: Window) -> Page[AdverseEvent]:
    """List an adverse event as it was before each change, newest first. Raises NotFound."""
    row = await _load(work, adverse_event_id)
    found = await work.page(
        sql.LIST_VERSIONS,
        window,
        lambda kept: (kept.kept_at, kept.id),
        lambda kept: present(kept.model_copy(update={"id": kept.adverse_event_id})),
        patient_id=row.patient_id,
        adverse_event_id=row.id,
    )
    work.record(row.id, row.patient_id)
    return found


async def review_adverse_event(work: Work, adverse_event_id: UUID, expected_version: int) -> AdverseEvent:
    """Record the review by a prescriber of the care team, of one that was withdrawn too.

    Raises NotFound, StaleVersion, NothingToReview, EmergencyOnly, LicenceEnded.
    """
    row = await _load(work, adverse_event_id)
    check_version(row, expected_version)
    await check_prescriber(work, row.patient_id)
    if row.review_due_at is None or row.reviewed_at is not None:
        raise NothingToReview
    _keep_version(work, row)
    changed = work.revise(sql.REVIEW_ADVERSE_EVENT, row, {"reviewed_at": work.now, "reviewed_by_id": work.actor.id})
    worklist.settle(work, row.patient_id, row.id, TaskKind.ADVERSE_EVENT_TO_REVIEW)
    work.record(row.id, row.patient_id)
    return present(changed)


async def withdraw_adverse_event(
    work: Work, adverse_event_id: UUID, body: Withdraw, expected_version: int
) -> AdverseEvent:
    """Keep one that was entered in error, as withdrawn. Raises NotFound, StaleVersion, Superseded.

    A review that was asked for stays so: whoever withdraws an event does not decide that no prescriber sees it.
    """
    row = await _load_current(work, adverse_event_id, expected_version)
    _keep_version(work, row)
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_ADVERSE_EVENT, row, withdrawn)
    work.record(row.id, row.patient_id)
    return present(changed)


async def _load(work: Work, adverse_event_id: UUID) -> AdverseEventRow:
    return await work.get(sql.READ_ADVERSE_EVENT, id=adverse_event_id)


async def _load_current(work: Work, adverse_event_id: UUID, expected_version: int) -> AdverseEventRow:
    """Return one that was not withdrawn, at the version that was read. Raises NotFound, StaleVersion, Superseded."""
    row = await _load(work, adverse_event_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    return row


def _keep_version(work: Work, row: AdverseEventRow) -> None:
    more = {"id": new_id(), "adverse_event_id": row.id, "kept_at": work.now}
    work.create(sql.INSERT_VERSION, AdverseEventVersionRow(**{**row.__dict__, **more}))


def _check(work: Work, row: AdverseEventRow) -> None:
    """Raise Invalid for what cannot be, and for times that lie ahead."""
    check_not_in_future("body.onset_at", row.onset_at, work.now)
    check_not_in_future("body.ended_at", row.ended_at, work.now)
    if problems := event_problems(_judged(row)):
        raise Invalid(errors=problems)


async def _ask_for_review(work: Work, row: AdverseEventRow, *, is_news: bool) -> None:
    """Open the task of the review, and raise the flags. News of it holds the next dose, released or not."""
    if row.review_due_at is not None and row.reviewed_at is None:
        kind, due_at = TaskKind.ADVERSE_EVENT_TO_REVIEW, row.review_due_at
        await worklist.open_for_team(work, row.patient_id, kind, row.id, due_at)
        if is_news:
            await hold_by_decision(work, row.session_id, [Unmet("adverse_event", "R34", work.now)])
    origin = Origin(FlagOrigin.ADVERSE_EVENT, row.id, row.session_id)
    await raise_flags(work, row.patient_id, origin, hits_of_event(_judged(row)), is_new=row.version == 1)


def _judged(row: AdverseEventRow) -> Judged:
    return Judged(**{name: getattr(row, name) for name in Judged._fields})


def present(row: AdverseEventRow) -> AdverseEvent:
    """Return an adverse event with its findings; the words of its lists are stored as texts."""
    return AdverseEvent.of(
        row,
        serious_because=[Seriousness(word) for word in row.serious_because],
        reported_to=[ReportedTo(word) for word in row.reported_to],
        findings=findings(_judged(row)),
    )
