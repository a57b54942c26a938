"""The roster: its shifts, who is on call, and calls that go along it."""

from datetime import datetime
from uuid import UUID

from integration_api.access.references import referred_by
from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.notifications.rules import clock_text, minute_of
from integration_api.resources.attention.roster import statements as sql
from integration_api.resources.attention.roster.rules import (
    DAYS_AHEAD,
    DAYS_BACK,
    FOR_EVER,
    MAX_SHIFTS,
    OnCallSpan,
    days_of,
    first_on_call,
    gaps,
    mask_of,
    on_call_at,
    spans,
)
from integration_api.resources.attention.roster.schemas import (
    OnCall,
    Roster,
    RosterIncident,
    Shift,
    ShiftCreate,
    Uncovered,
)
from integration_api.resources.attention.roster.tables import RosterCallRow, ShiftRow
from integration_api.web.errors import Conflict, Invalid
from integration_api.web.paging import Page, Window, first_rows

MAX_SHOWN = 500


class TooManyShifts(Conflict):
    """The clinic has 200 shifts that stand; withdraw some, or let one shift repeat on more weekdays."""

    code = "too-many-shifts"
    title = "Too many shifts"
    remedy = "Withdraw shifts that are not needed, then repeat the request."


class ShiftWithdrawn(Conflict):
    """The shift was withdrawn already."""

    code = "shift-withdrawn"
    title = "Shift withdrawn"
    remedy = "Show it as withdrawn. Enter a new shift if one is needed."


async def read_roster(work: Work) -> Roster:
    """Return who is on call now and in the next 14 days, the gaps, and the incidents."""
    shifts = await _standing(work)
    incidents = await work.part(sql.LIST_INCIDENTS, **first_rows(sql.MAX_INCIDENTS))
    waiting = await work.one(sql.OLDEST_WAITING)
    await work.confirm()
    until = work.now + DAYS_AHEAD
    ahead = spans(shifts, work.now, until)
    work.record()
    return Roster(
        on_call=[_on_call(span) for span in on_call_at(shifts, work.now)],
        ahead=[_on_call(span) for span in ahead[:MAX_SHOWN]],
        gaps=[Uncovered(starts_at=gap.starts_at, ends_at=gap.ends_at) for gap in gaps(ahead, work.now, until)],
        incidents=[RosterIncident.of(row) for row in incidents],
        waiting_since=waiting.due_at if waiting is not None and waiting.due_at < work.now else None,
    )


async def list_shifts(work: Work, window: Window) -> Page[Shift]:
    """List the shifts of the clinic, also those that are over or withdrawn, newest first."""
    found = await work.page(sql.LIST_SHIFTS, window, lambda row: (row.created_at, row.id), _present)
    work.record()
    return found


async def create_shift(work: Work, body: ShiftCreate) -> Shift:
    """Put somebody of the staff on call. Raises NotFound, Invalid, IdTaken, TooManyShifts."""
    last_on = body.last_on or FOR_EVER
    if last_on < body.first_on:
        raise Invalid(
            errors=[{"field": "body.last_on", "code": "too_early", "message": "must not be before the first"}]
        )
    with referred_by("account_id"):
        staff = await work.get(sql.STAFF_OF_SHIFT, account_id=body.account_id)
    if len(await _standing(work)) >= MAX_SHIFTS:
        raise TooManyShifts
    values = new_values(
        work, body, last_on=last_on, weekdays=mask_of(body.weekdays), time_zone=body.time_zone or staff.time_zone
    )
    from_minute, until_minute = minute_of(values.pop("from_time")), minute_of(values.pop("until_time"))
    row = ShiftRow(**values, from_minute=from_minute, until_minute=until_minute, created_by_id=work.actor.id)
    work.create(sql.INSERT_SHIFT, row)
    work.record(row.id)
    return _present(row)


async def read_shift(work: Work, shift_id: UUID) -> Shift:
    """Return one shift. Raises NotFound."""
    row = await work.get(sql.READ_SHIFT, id=shift_id)
    work.record(row.id)
    return _present(row)


async def withdraw_shift(work: Work, shift_id: UUID, expected_version: int) -> Shift:
    """Take a shift off the roster; it stays in the list. Raises NotFound, StaleVersion, ShiftWithdrawn."""
    row = await work.get(sql.READ_SHIFT, id=shift_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise ShiftWithdrawn
    changed = work.revise(sql.WITHDRAW_SHIFT, row, {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id})
    work.record(row.id)
    return _present(changed)


def call_roster(work: Work, subject_id: UUID, answer_by: datetime, *, is_worse: bool = False) -> None:
    """Let what is urgent go along the roster until no urgent task about the subject waits any more.

    Nothing is read: those on call are found when it is sent. So a call for help never waits for the roster. If the
    subject `is_worse` than before, a call that goes along ends, and a new one begins with those on call, by its times.
    """
    row = new_call(work.actor.clinic_id, subject_id, work.now, answer_by)
    if is_worse:
        work.change(sql.END_CALLS, rows=None, subject_id=subject_id)
        work.change(sql.INSERT_CALL_ANEW, row)
        return
    work.change(sql.SETTLE_CALLS, rows=None, subject_id=subject_id)
    work.change(sql.INSERT_CALL, row, rows=None)


def new_call(clinic_id: UUID, subject_id: UUID, now: datetime, answer_by: datetime) -> RosterCallRow:
    """Return a call along the roster that begins now."""
    return RosterCallRow(
        clinic_id=clinic_id, id=new_id(), subject_id=subject_id, created_at=now, due_at=now, answer_by=answer_by
    )


async def people_on_call(work: Work) -> set[UUID]:
    """Return who is on call now, and told first."""
    return first_on_call(on_call_at(await _standing(work), work.now))


async def _standing(work: Work) -> list[ShiftRow]:
    return await work.part(sql.STANDING_SHIFTS, since_on=(work.now - DAYS_BACK).date())


def _on_call(span: OnCallSpan) -> OnCall:
    return OnCall(**span._asdict())


def _present(row: ShiftRow) -> Shift:
    return Shift.of(
        row,
        last_on=None if row.last_on == FOR_EVER else row.last_on,
        weekdays=days_of(row.weekdays),
        from_time=clock_text(row.from_minute),
        until_time=clock_text(row.until_minute),
    )
