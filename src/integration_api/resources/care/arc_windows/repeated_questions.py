"""Asking something once more, some days after an answer: a window of its own, unless another one asks it by then.

Source: clinical.md section 6, R15: "once: ask again in 7 d".
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind, ArcOffset, ArcStep
from integration_api.resources.care.arc_windows.rules import ArcState, next_again, state_at
from integration_api.resources.care.arc_windows.tables import UNIQUE_STEP, ArcWindowRow

_BEFORE, _AFTER, _HOUR = timedelta(days=1), timedelta(days=2), timedelta(hours=1)
"""It opens a day before it is due, and closes two days later. POLICY."""


async def ask_again(
    work: Work,
    patient_id: UUID,
    session_id: UUID,
    answered: ArcWindowRow | None,
    item: str,
    told_at: datetime,
    after: timedelta,
) -> None:
    """Collect a window that asks an item again, for the session whose window was answered, or that had the last dose.

    The time is counted from the answer, or from now if an answer came so late that the window would be over. The window
    follows the dose as the others do, in whole hours. If one that waits asks the item by then, none is opened; nor if
    no dose of the chart is followed yet.
    """
    found = await work.part(sql.WINDOWS_AROUND, patient_id=patient_id, session_id=session_id)
    anchor = answered or _anchor(found, session_id)
    if anchor is None:
        return
    is_over = told_at + after + _AFTER - _HOUR <= work.now
    hours = ((work.now if is_over else told_at) + after - anchor.dose_at) // _HOUR
    due_at = anchor.dose_at + hours * _HOUR
    opens_at, closes_at = due_at - _BEFORE, due_at + _AFTER
    answered_id = answered.id if answered is not None else None
    if any(_asks(row, answered_id, item, work.now, opens_at, closes_at) for row in found):
        return
    step_id = next_again(row.step_id for row in found if row.session_id == anchor.session_id)
    if step_id is None:
        return
    step: ArcStep = {
        "id": step_id,
        "kind": "check_in",
        "opens_after": _hours(hours - _BEFORE // _HOUR),
        "due_after": _hours(hours),
        "closes_after": _hours(hours + _AFTER // _HOUR),
        "is_followed_up": False,
        "prompts": [],
        "measures": [],
        "items": ["ci.safety", item],
    }
    row = ArcWindowRow(
        clinic_id=anchor.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=anchor.patient_id,
        session_id=anchor.session_id,
        step_id=step_id,
        kind=ArcKind.CHECK_IN,
        step=step,
        protocol_version=anchor.protocol_version,
        dose_at=anchor.dose_at,
        opens_at=opens_at,
        due_at=due_at,
        closes_at=closes_at,
        state=ArcState.OPEN,
    )
    work.create(sql.INSERT_ARC_WINDOW, row, {UNIQUE_STEP: StartAgain})


def _anchor(found: Sequence[ArcWindowRow], session_id: UUID) -> ArcWindowRow | None:
    """Return a window of this session, or else one that waits of another; None if no dose is followed."""
    counting = [row for row in found if row.state is not ArcState.CANCELLED]
    return next((row for row in counting if row.session_id == session_id), counting[0] if counting else None)


def _asks(
    row: ArcWindowRow, answered_id: UUID | None, item: str, now: datetime, opens_at: datetime, closes_at: datetime
) -> bool:
    """Return whether a window that waits asks the item by then."""
    is_open = state_at(row.state, row.closes_at, now) is ArcState.OPEN and row.id != answered_id
    return is_open and item in row.step["items"] and row.opens_at < closes_at and row.closes_at > opens_at


def _hours(amount: int) -> ArcOffset:
    return {"amount": amount, "unit": "hours"}
