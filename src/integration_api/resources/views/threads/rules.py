"""The dosing session that a reflection belongs to."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID


def session_of(session_id: UUID | None, at: datetime, doses: Iterable[tuple[datetime, UUID]]) -> UUID | None:
    """Return the session of a reflection: the one that it names if it had a dose, else that of the last dose before it.

    `doses` are the times of doses with their sessions. None if there was no dose before.
    """
    known = list(doses)
    if any(session_id == of for _, of in known):
        return session_id
    before = [dose for dose in known if dose[0] <= at]
    return max(before)[1] if before else None
