"""The dosing session that a reflection belongs to."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Begun(NamedTuple):
    """A dosing session by its first dose that stands; sessions are in the order of these."""

    at: datetime
    dose_id: UUID
    session_id: UUID


def session_of(session_id: UUID | None, at: datetime, sessions: Iterable[Begun]) -> UUID | None:
    """Return the session of a reflection: the one that it names if it is among these, else the last begun before it.

    None if none was begun before.
    """
    known = list(sessions)
    if any(session_id == one.session_id for one in known):
        return session_id
    before = [one for one in known if one.at <= at]
    return max(before).session_id if before else None
