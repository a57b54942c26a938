"""Asking something once more, some days after an answer: a window of its own, unless another one asks it by then.

Source: clinical.md section 6, R15: "once: ask again in 7 d".
"""

from datetime import datetime, timedelta

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind, ArcOffset, ArcStep
from integration_api.resources.care.arc_windows.rules import AGAIN, ArcState, state_at
from integration_api.resources.care.arc_windows.tables import UNIQUE_STEP, ArcWindowRow

_BEFORE, _AFTER, _HOUR = timedelta(days=1), timedelta(days=2), timedelta(hours=1)
"""It opens a day before it is due, and closes two days later. POLICY."""


async def ask_again(work: Work, answered: ArcWindowRow, item: str, told_at: datetime, after: timedelta) -> None:
    """Collect a window that asks an item again, for the session whose window was answered.

    The time is counted from the answer, or from now if an answer came so late that the window would be over. The window
    follows the dose as the others do, in whole hours. If one that waits asks the item by then, none is opened.
    """
    found = await work.part(sql.WINDOWS_AROUND, patient_id=answered.patient_id, session_id=answered.session_id)
    is_over = told_at + after + _AFTER - _HOUR <= work.now
    hours = ((work.now if is_over else told_at) + after - answered.dose_at) // _HOUR
    due_at = answered.dose_at + hours * _HOUR
    opens_at, closes_at = due_at - _BEFORE, due_at + _AFTER
    if any(_asks(row, answered, item, work.now, opens_at, closes_at) for row in found):
        return
    step: ArcStep = {
        "id": AGAIN,
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
        clinic_id=answered.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=answered.patient_id,
        session_id=answered.session_id,
        step_id=AGAIN,
        kind=ArcKind.CHECK_IN,
        step=step,
        protocol_version=answered.protocol_version,
        dose_at=answered.dose_at,
        opens_at=opens_at,
        due_at=due_at,
        closes_at=closes_at,
        state=ArcState.OPEN,
    )
    work.create(sql.INSERT_ARC_WINDOW, row, {UNIQUE_STEP: StartAgain})


def _asks(
    row: ArcWindowRow, answered: ArcWindowRow, item: str, now: datetime, opens_at: datetime, closes_at: datetime
) -> bool:
    """Return whether a window asks the item by then, or the session has asked something again before."""
    if row.step_id == AGAIN and row.session_id == answered.session_id:
        return True
    is_open = state_at(row.state, row.closes_at, now) is ArcState.OPEN and row.id != answered.id
    return is_open and item in row.step["items"] and row.opens_at < closes_at and row.closes_at > opens_at


def _hours(amount: int) -> ArcOffset:
    return {"amount": amount, "unit": "hours"}
