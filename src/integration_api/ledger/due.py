"""Telling of what time changes: releases, missed replies and windows, ends of withholdings and memberships, tasks.

The row of a change says when it is to be told of again (`due_at`). Then a ledger row is written, which the sealer
seals as any other. Its id is made of the change and that time. So of two processes, the key refuses the second.
"""

import hashlib
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from integration_api.core.clock import Clock, time_of
from integration_api.ledger import change_statements as sql
from integration_api.ledger import events
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.changes import CHART, NEVER, Changed, Channel, as_text
from integration_api.ledger.events import Event, Outcome
from integration_api.ledger.tables import ChangeRow, LedgerRow
from integration_api.storage.database import Database, Duplicate, Step

ACTION = "change:tell_due"
MAX_ROWS = 500
_EVENTS: dict[str, Event] = {
    "reflection": events.REFLECTION_RELEASED,
    "note": events.WITHHOLDING_ENDED,
    "psychotherapy_note": events.PSYCHOTHERAPY_GRANT_LAPSED,
    CHART: events.MEMBERSHIP_LAPSED,
    "worklist": events.TASK_OPENED,
    "arc_window": events.ARC_WINDOW_MISSED,
}
"""The Event for each kind of thing that time changes. For its patient, time changes a reflection by a missed reply."""
_PRIVATE = (events.PSYCHOTHERAPY_GRANT_LAPSED,)
"""Events whose rows are shown to nobody."""
_FIRST_ID = UUID(int=0)
_ID_BYTES = 16


async def record_due(database: Database, clock: Clock) -> set[UUID]:
    """Write a ledger row for each change that is due. Return the clinics that may have any. Raises DatabaseDown."""
    clinics: set[UUID] = set()
    async for clinic_id in _clinics(database, clock()):
        clinics.add(clinic_id)
        with time_of(clinic_id):
            now = clock()
        for row in await database.all(sql.DUE_CHANGES, {"clinic_id": clinic_id, "now": now, "page_rows": MAX_ROWS}):
            entry = ledger_row(row, now)
            with suppress(Duplicate):
                await database.apply([Step(INSERT_LEDGER, entry.__dict__)])
    return clinics


async def _clinics(database: Database, now: datetime) -> AsyncIterator[UUID]:
    last = _FIRST_ID
    while found := await database.one(sql.NEXT_DUE_CLINIC, {"last_clinic_id": last, "now": now}):
        last = found.clinic_id
        yield last


def ledger_row(row: ChangeRow, now: datetime) -> LedgerRow:
    """Return the ledger row of a change that is due."""
    is_missed = row.kind == "reflection" and row.channel == Channel.PATIENT
    event = events.REPLY_MISSED if is_missed else _EVENTS[row.kind]
    return LedgerRow(
        clinic_id=row.clinic_id,
        id=_id_of(row),
        at=now,
        event=event,
        is_private=event in _PRIVATE,
        action=ACTION,
        outcome=Outcome.DONE,
        subject_id=row.thing_id,
        patient_id=row.patient_id,
        request_id=ACTION,
        changed=as_text(_changed(row), row.thing_id, row.patient_id),
    )


def _changed(row: ChangeRow) -> Iterator[Changed]:
    """Yield the change itself, and the care team that a membership left.

    It is told from when it was to be: if it was taken back meanwhile, it stays unseen.
    """
    channel = Channel(row.channel)
    yield Changed(row.kind, row.thing_id, channel, row.patient_id, row.account_id, visible_from=NEVER)
    if row.kind == CHART and row.patient_id is not None:
        yield Changed(CHART, row.patient_id, Channel.TEAM, row.patient_id)
        yield Changed("care_team", row.patient_id, Channel.CHART, row.patient_id)
        yield Changed("care_team", row.patient_id, Channel.ADMINS, row.patient_id)


def _id_of(row: ChangeRow) -> UUID:
    named = row.id.bytes + str(row.due_at).encode()
    return UUID(bytes=hashlib.sha256(named).digest()[:_ID_BYTES])
