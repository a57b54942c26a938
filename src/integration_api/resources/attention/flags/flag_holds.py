"""The holds that flags are: of a chart's next dose, until a suicide screen by staff or a prescriber's decision.

A flag that is closed holds on: closing it is no decision about a dose. Nothing here is done by a patient or a clock.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.attention.flags import flag_hold_statements as sql
from integration_api.resources.attention.flags.flag_hold_statements import HoldingFlag
from integration_api.resources.attention.flags.raised_flags import add_event
from integration_api.resources.attention.flags.rules import FlagEventKind, HoldUntil
from integration_api.resources.attention.flags.tables import FlagRow


async def load_holding(work: Work, patient_id: UUID) -> list[HoldingFlag]:
    """Return the flags that hold the next dose of a chart, the oldest alert first."""
    return await work.part(sql.HOLDING_FLAGS, patient_id=patient_id)


async def end_by_decision(work: Work, patient_id: UUID, rule: str, known_at: datetime) -> None:
    """Collect that flags of a rule hold no dose any more: a prescriber decided, who knew those that were there then."""
    found = await load_holding(work, patient_id)
    _end(work, (row for row in found if row.rule == rule and _last_at(row) <= known_at))


async def end_by_screen(work: Work, patient_id: UUID, screened_at: datetime) -> None:
    """Collect that flags which asked for a suicide screen hold no dose any more: staff did one after they came."""
    found = await load_holding(work, patient_id)
    _end(work, (row for row in found if row.dose_hold is HoldUntil.SCREEN and _last_at(row) <= screened_at))


async def hold_again(work: Work, patient_id: UUID, ended_at: datetime, screened_at: datetime | None) -> None:
    """Collect that flags hold again, whose hold a screen has ended which was an error.

    `ended_at` is when it was entered. `screened_at` is of the screen in its place: what that one ends stays ended.
    """
    for row in await work.part(sql.ENDED_BY_SCREEN, patient_id=patient_id, ended_at=ended_at):
        if screened_at is None or _last_at(row) > screened_at:
            changed = work.revise(sql.HOLD_AGAIN, row, {"hold_ended_at": None}, missed=StartAgain)
            add_event(work, changed, FlagEventKind.HELD_AGAIN, StartAgain)


def _last_at(row: HoldingFlag) -> datetime:
    """Return the last alert, or call for help that repeated it: what was known before is no word about that."""
    return max(row.alerted_at, row.repeated_at or row.alerted_at)


def _end(work: Work, flags: Iterable[FlagRow]) -> None:
    for row in flags:
        changed = work.revise(sql.END_HOLD, row, {"hold_ended_at": work.now}, missed=StartAgain)
        add_event(work, changed, FlagEventKind.HOLD_ENDED, StartAgain)
