"""The checks and the events of links of one session, read in one Statement."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.resources.care.doses.observer_words import Breathing, Colour, ObserverSource, Position, Responds
from integration_api.resources.care.doses.tables import ObserverCheckTable
from integration_api.resources.care.remote_sessions.rules import Link, LinkChange
from integration_api.resources.care.remote_sessions.tables import LinkEventTable
from integration_api.storage.tables import table_of

MAX_OF_EACH = 500
"""The newest of each that are read: at the usual interval, those of five days."""
_checks, _events = table_of(ObserverCheckTable), table_of(LinkEventTable)
_LOOKS = (
    *("responds", "breathing", "colour", "vomiting", "position", "distress"),
    *("pulse", "spo2", "systolic", "diastolic", "source", "ignored"),
)


class HappeningRow(BaseModel):
    """A check, or an event of a link, whose `link` says which."""

    id: UUID
    at: datetime
    claimed_at: datetime | None
    created_at: datetime
    responds: Responds | None
    breathing: Breathing | None
    colour: Colour | None
    vomiting: bool | None
    position: Position | None
    distress: int | None
    pulse: int | None
    spo2: int | None
    systolic: int | None
    diastolic: int | None
    source: ObserverSource | None
    ignored: list[str] | None
    link: Link | None
    change: LinkChange | None
    recorded_by_id: UUID | None


def _none(column: sa.ColumnElement[Any], name: str) -> sa.Label[Any]:
    return sa.cast(sa.null(), column.type).label(name)


def happenings(of: Callable[[sa.Table], tuple[sa.ColumnElement[bool], ...]]) -> sa.CompoundSelect[Any]:
    """SELECT the newest checks and events that match."""
    checks = (
        sa.select(
            _checks.c.id,
            _checks.c.taken_at.label("at"),
            _checks.c.claimed_taken_at.label("claimed_at"),
            _checks.c.created_at,
            *(_checks.c[name] for name in _LOOKS),
            *(_none(_events.c[name], name) for name in ("link", "change", "recorded_by_id")),
        )
        .where(*of(_checks))
        .order_by(_checks.c.taken_at.desc(), _checks.c.id.desc())
        .limit(MAX_OF_EACH)
        .subquery()
    )
    events = (
        sa.select(
            *(_events.c[name] for name in ("id", "at", "claimed_at", "created_at")),
            *(_none(_checks.c[name], name) for name in _LOOKS),
            *(_events.c[name] for name in ("link", "change", "recorded_by_id")),
        )
        .where(*of(_events))
        .order_by(_events.c["at"].desc(), _events.c.id.desc())
        .limit(MAX_OF_EACH)
        .subquery()
    )
    return sa.union_all(sa.select(*checks.c), sa.select(*events.c))
