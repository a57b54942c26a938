"""The beginning and the end of a session: start, complete, cancel, no-show."""

from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.care.sessions import statements as sql
from integration_api.resources.care.sessions.corrections import check_complete
from integration_api.resources.care.sessions.rules import (
    ENDS_IN,
    SessionStep,
    end_of,
    transitions,
)
from integration_api.resources.care.sessions.schemas import (
    Session,
    SessionCancel,
    SessionComplete,
    SessionNoShow,
    SessionStart,
)
from integration_api.resources.care.sessions.service import keep_version, load_session, present
from integration_api.resources.care.sessions.session_arcs import keep_arc
from integration_api.resources.care.sessions.session_tasks import end_watch, settle_readiness, wait_for_note
from integration_api.resources.care.sessions.tables import SessionRow, SessionState
from integration_api.web.errors import IllegalTransition, Invalid, Member
from integration_api.web.instants import credible_time, is_skewed


class IllegalSessionStep(IllegalTransition):
    """The session cannot take this step from where it stands; `allowed` names the steps that can be taken."""

    members = {"allowed": Member(list[SessionStep], "The steps from the present state.", [SessionStep.START])}


async def start_session(work: Work, session_id: UUID, body: SessionStart, expected_version: int) -> Session:
    """Begin a planned session. Raises NotFound, StaleVersion, IllegalSessionStep, Invalid."""
    row = await _load(work, session_id, SessionStep.START, expected_version)
    started_at = _when(work, row, body.started_at)
    claimed = body.started_at if is_skewed(body.started_at, started_at) else None
    changed = _move(work, row, SessionStep.START, started_at=started_at, claimed_started_at=claimed)
    await wait_for_note(work, changed)
    return present(work, changed)


async def complete_session(work: Work, session_id: UUID, body: SessionComplete, expected_version: int) -> Session:
    """End a session that has all it needs. Raises NotFound, StaleVersion, IllegalSessionStep, Invalid, NotComplete."""
    row = await _load(work, session_id, SessionStep.COMPLETE, expected_version)
    ended_at = _when(work, row, body.ended_at)
    claimed = body.ended_at if is_skewed(body.ended_at, ended_at) else None
    if ended_at != body.ended_at:
        ended_at = end_of(row.started_at, ended_at)
    if row.started_at is not None and ended_at < row.started_at:
        raise Invalid(
            errors=[{"field": "body.ended_at", "code": "before_start", "message": "must not be before started_at"}]
        )
    check_complete(row)
    keep_version(work, row)
    values = {"state": SessionState.COMPLETED, "ended_at": ended_at, "claimed_ended_at": claimed}
    changed = work.revise(sql.COMPLETE_SESSION, row, values, StartAgain)  # a dose may have been counted beside it
    end_watch(work, row)
    await keep_arc(work, row, changed)
    work.record(row.id, row.patient_id)
    return present(work, changed)


async def cancel_session(work: Work, session_id: UUID, body: SessionCancel, expected_version: int) -> Session:
    """Call a planned session off, or break one off. Raises NotFound, StaleVersion, IllegalSessionStep.

    Whoever had a dose is watched until they have left, and is asked after it as after any other.
    """
    row = await _load(work, session_id, SessionStep.CANCEL, expected_version)
    ended_at = end_of(row.started_at, work.now) if row.started_at else None
    if not row.doses_recorded or row.patient_left_at is not None:
        end_watch(work, row)
    keep_version(work, row)
    values = {"state": ENDS_IN[SessionStep.CANCEL], "ended_at": ended_at, "end_reason": body.reason}
    changed = work.revise(sql.CANCEL_SESSION, row, values, StartAgain)  # a dose may have been counted beside it
    settle_readiness(work, row)
    await keep_arc(work, row, changed)
    work.record(row.id, row.patient_id)
    return present(work, changed)


async def no_show_session(work: Work, session_id: UUID, body: SessionNoShow, expected_version: int) -> Session:
    """Record that the patient did not come. Raises NotFound, StaleVersion, IllegalSessionStep."""
    row = await _load(work, session_id, SessionStep.NO_SHOW, expected_version)
    return present(work, _move(work, row, SessionStep.NO_SHOW, end_reason=body.reason))


async def _load(work: Work, session_id: UUID, step: SessionStep, expected_version: int) -> SessionRow:
    """Return the session at the version that was read. Raises NotFound, StaleVersion, IllegalSessionStep."""
    row = await load_session(work, session_id)
    check_version(row, expected_version)
    allowed = transitions(row.state)
    if step not in allowed:
        raise IllegalSessionStep(extra={"allowed": allowed})
    return row


def _when(work: Work, row: SessionRow, claimed: datetime | None) -> datetime:
    """When it happened, by one rule for all claims; a session of long ago may be written down today."""
    return credible_time(claimed, work.now, min(row.planned_start_at, work.now))


def _move(work: Work, row: SessionRow, step: SessionStep, **facts: datetime | str | None) -> SessionRow:
    """Collect a step after which no readiness is checked any more."""
    keep_version(work, row)
    changed = work.revise(sql.MOVE_SESSION, row, {**facts, "state": ENDS_IN[step]})
    settle_readiness(work, row)
    work.record(row.id, row.patient_id)
    return changed
