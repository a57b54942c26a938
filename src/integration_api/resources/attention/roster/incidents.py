"""Incidents of the chain itself (R36): each is kept once, with a notice to the clinic's admins and a ledger row.

Source: clinical.md section 6, R36.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.notices import tell_role
from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import derived_id
from integration_api.ledger.events import Event
from integration_api.resources.attention.roster import incident_statements as sql
from integration_api.resources.attention.roster.operations import CHAIN_FAILED, GAP_AHEAD
from integration_api.resources.attention.roster.tables import IncidentKind, IncidentRow

LATE_AFTER = timedelta(minutes=5)
"""A job that does what is urgent so long after it was due is an incident (R36). POLICY."""


class Moved(StartAgain):
    """Another process has taken this step, or told of this incident."""


async def open_new_incident(work: Work, clinic_id: UUID, kind: IncidentKind, subject_id: UUID) -> bool:
    """Keep what failed, unless it is kept already, and return whether it was not. Raises Moved, when applied."""
    incident_id = told_once_id(subject_id, kind.value, b"")
    if await work.one(sql.READ_INCIDENT, clinic_id=clinic_id, id=incident_id) is not None:
        return False
    open_incident(work, clinic_id, kind, subject_id)
    return True


async def open_if_late(work: Work, clinic_id: UUID, subject_id: UUID, due_at: datetime) -> None:
    """Keep that a job comes too late to what was due then, once. Raises Moved, when applied."""
    if work.now - due_at > LATE_AFTER:
        await open_new_incident(work, clinic_id, IncidentKind.DELIVERY_LATE, subject_id)


def open_incident(
    work: Work, clinic_id: UUID, kind: IncidentKind, subject_id: UUID, starts_at: datetime | None = None
) -> IncidentRow:
    """Keep what failed, and tell the clinic's admins, once. Raises Moved, when applied, if they were told."""
    text = starts_at.isoformat() if starts_at else ""
    row = IncidentRow(
        clinic_id=clinic_id,
        id=told_once_id(subject_id, kind.value, text.encode()),
        kind=kind,
        subject_id=None if kind is IncidentKind.GAP_AHEAD else subject_id,
        at=work.now,
        starts_at=starts_at,
    )
    event: Event = GAP_AHEAD if kind is IncidentKind.GAP_AHEAD else CHAIN_FAILED
    work.create(sql.INSERT_INCIDENT, row, {"pk_roster_incidents": Moved}, missed=Moved)
    work.record(row.id, clinic_id=clinic_id, event=event, reason=kind.value)
    tell_role(work, Role.CLINIC_ADMIN, event, row.id, clinic_id=clinic_id)
    return row


def told_once_id(subject_id: UUID, kind: str, rest: bytes) -> UUID:
    """Return the id that follows from what is told, so that it is told once."""
    named = kind.encode() + b"\0" + subject_id.bytes + rest
    return derived_id(subject_id, hashlib.blake2b(named, digest_size=10).digest())
