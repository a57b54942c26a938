"""The outcome of each item that a device sends: none of them keeps another from being stored."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from integration_api.resources.care.remote_sessions.rules import MAX_BATCH
from integration_api.resources.care.remote_sessions.watch_schemas import (
    ItemOutcome,
    ItemTold,
    LinkEventCreate,
    ObserverCheckCreate,
    Unread,
)

Item = TypeVar("Item", ObserverCheckCreate, LinkEventCreate)


class Sorted(NamedTuple, Generic[Item]):
    """An item, and what becomes of it."""

    item: Item | Unread
    outcome: ItemOutcome


def unknown_ids(sent: Iterable[Item | Unread], known: Mapping[UUID, object]) -> list[UUID]:
    """Return the ids that are not stored, each once: so many as one request stores."""
    found = [item.id for item in sent if not isinstance(item, Unread) and item.id not in known]
    return list(dict.fromkeys(found))[:MAX_BATCH]


def padded(ids: Sequence[UUID]) -> tuple[UUID | None, ...]:
    """Return so many ids as one request stores; null for the rest."""
    return (*ids, *[None] * (MAX_BATCH - len(ids)))


def sort_out(
    sent: Sequence[Item | Unread],
    known: Mapping[UUID, object],
    used: Mapping[UUID, UUID],
    session_id: UUID,
    content_of: Callable[[Item], object],
) -> list[Sorted[Item]]:
    """Return what becomes of each item. `known` is the content of what is stored, `used` the session of other ids."""
    seen = dict(known)
    looked_up = set(unknown_ids(sent, known))

    def outcome(item: Item | Unread) -> ItemOutcome:
        if isinstance(item, Unread):
            return ItemOutcome.UNREAD
        if item.id in seen:
            return ItemOutcome.KNOWN if seen[item.id] == content_of(item) else ItemOutcome.DIFFERS
        if item.id in used:
            return ItemOutcome.KNOWN if used[item.id] == session_id else ItemOutcome.ID_TAKEN
        if item.id not in looked_up:
            return ItemOutcome.LATER
        seen[item.id] = content_of(item)
        return ItemOutcome.STORED

    return [Sorted(item, outcome(item)) for item in sent]


def stored(found: Iterable[Sorted[Item]]) -> list[Item]:
    """Return the items that are to be stored."""
    return [one.item for one in found if one.outcome is ItemOutcome.STORED and not isinstance(one.item, Unread)]


def told(found: Iterable[Sorted[Item]]) -> list[ItemTold]:
    """Return what the device is told of each."""
    return [_told(one.item, one.outcome) for one in found]


def _told(item: ObserverCheckCreate | LinkEventCreate | Unread, outcome: ItemOutcome) -> ItemTold:
    return {
        "id": None if item.id is None else str(item.id),
        "outcome": outcome,
        "ignored": item.ignored if isinstance(item, ObserverCheckCreate) else [],
        "fields": item.fields if isinstance(item, Unread) else [],
    }
