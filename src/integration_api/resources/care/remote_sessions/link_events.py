"""Events of links, recorded by staff or by the observer alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from integration_api.access.work import Work
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.remote_sessions.happening_statements import HappeningRow
from integration_api.resources.care.remote_sessions.rules import Link, Linked, lost_since
from integration_api.resources.care.remote_sessions.statements import WatchedRow
from integration_api.resources.care.remote_sessions.support_statements import SupportedRow
from integration_api.resources.care.remote_sessions.tables import LinkEventRow
from integration_api.resources.care.remote_sessions.watch_schemas import LinkEventCreate, ObserverCheckCreate
from integration_api.resources.care.sessions.rules import is_watch_over
from integration_api.resources.care.sessions.session_tasks import link_missed_at
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.web.instants import credible_time, is_skewed

Item = TypeVar("Item", ObserverCheckCreate, LinkEventCreate)


@dataclass(frozen=True)
class Links:
    """The parameters of a change of a session's links."""

    patient_id: UUID
    links_noted_before: int
    video_lost_at: datetime | None
    observer_lost_at: datetime | None


def new_of(items: Iterable[Item], stored: Iterable[HappeningRow]) -> list[Item]:
    """Return the items of a batch that are not stored yet, each id once."""
    known = {row.id for row in stored}
    return list({item.id: item for item in items if item.id not in known}.values())


def link_row(
    work: Work, item: LinkEventCreate, session: WatchedRow | SupportedRow, since: datetime, *, by_id: UUID | None
) -> LinkEventRow:
    """Return the row of an event."""
    at = credible_time(item.at, work.now, since)
    return LinkEventRow(
        clinic_id=session.clinic_id,
        id=item.id,
        patient_id=session.patient_id,
        session_id=session.id,
        created_at=work.now,
        at=at,
        claimed_at=item.at if is_skewed(item.at, at) else None,
        link=item.link,
        change=item.change,
        recorded_by_id=by_id,
    )


def happening_of(row: LinkEventRow) -> HappeningRow:
    """Return an event as it will be read."""
    blank = dict.fromkeys(HappeningRow.model_fields)
    return HappeningRow.model_construct(**{**blank, **{n: v for n, v in row.__dict__.items() if n in blank}})


def linked_of(found: Iterable[HappeningRow]) -> list[Linked]:
    """Return the events of links among these."""
    return [Linked(row.at, row.link, row.change) for row in found if row.link is not None and row.change is not None]


def links_of(session: WatchedRow | SupportedRow, found: Sequence[HappeningRow]) -> Links:
    """Return the links of a session as they were read, and as they are after these events."""
    events = linked_of(found)
    return Links(
        patient_id=session.patient_id,
        links_noted_before=session.links_noted or 0,
        video_lost_at=lost_since(events, Link.VIDEO),
        observer_lost_at=lost_since(events, Link.OBSERVER),
    )


def missed_of(session: WatchedRow | SupportedRow, links: Links) -> datetime | None:
    """Return from when on a link is lost too long (R26); None if none is, or if the patient has left."""
    if is_watch_over(session.state, session.ended_at) or session.discharged_at is not None:
        return None
    return link_missed_at(session.first_dose_at, (links.video_lost_at, links.observer_lost_at))


def tell_session(work: Work, session: WatchedRow | SupportedRow) -> None:
    """Collect that the session's readiness changed with its links: all else of it stays."""
    work.telling.tell(Changed("readiness", session.id, Channel.CHART, session.patient_id), of=SessionTable)
