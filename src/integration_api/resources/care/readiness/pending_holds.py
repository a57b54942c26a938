"""Holds that a dose would open: of flags of the chart, and of other sessions. Each is told before any dose is tried.

A read writes nothing. So such a hold has version 0, and an id of its own, until a dose is tried or it is released.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from integration_api.access.work import Work
from integration_api.core.ids import derived_id
from integration_api.resources.care.readiness.cause_statements import HOLD_CAUSES, CauseRow
from integration_api.resources.care.readiness.checklist import BY_FLAG
from integration_api.resources.care.readiness.rules import HoldState
from integration_api.resources.care.readiness.tables import HoldRow
from integration_api.resources.care.sessions.tables import SessionRow


async def load_causes(work: Work, session: SessionRow) -> list[CauseRow]:
    """Return what holds the next dose of a chart beside the session itself."""
    return await work.part(HOLD_CAUSES, patient_id=session.patient_id, session_id=session.id)


def pending(session: SessionRow, holds: Iterable[HoldRow], causes: Iterable[CauseRow]) -> list[HoldRow]:
    """Return the holds that a dose would open by these causes: one of each item and rule, by its latest cause."""
    is_open = {(hold.item, hold.rule) for hold in holds if hold.state is HoldState.OPEN}
    latest = {
        (cause.item or BY_FLAG + cause.rule, cause.rule): cause
        for cause in sorted(causes, key=lambda cause: (_since(cause), cause.id))
    }
    return [_row(session, item, cause) for (item, rule), cause in latest.items() if (item, rule) not in is_open]


def _since(cause: CauseRow) -> datetime:
    return max(cause.since, cause.repeated_at or cause.since)


def _row(session: SessionRow, item: str, cause: CauseRow) -> HoldRow:
    """Return a hold that is not stored. Its id is the same in each read until its cause is told of again."""
    since = _since(cause)
    text = f"{session.id} {item} {cause.id} {since.isoformat()}"
    return HoldRow(
        clinic_id=session.clinic_id,
        id=derived_id(cause.id, hashlib.sha256(text.encode()).digest()),
        created_at=since,
        updated_at=since,
        version=0,
        patient_id=session.patient_id,
        session_id=session.id,
        item=item,
        rule=cause.rule,
        state=HoldState.OPEN,
    )
