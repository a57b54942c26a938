"""The change feed: what changed since a cursor, so that a copy on this device can be kept up.

The cursor belongs to the program: it is stored in the same transaction as what was made of the changes. Then a program
that is killed at any moment neither misses a change nor needs one twice.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from integration_journal import models, operations
from integration_journal.core import Core
from integration_journal.problems import CursorExpired, NotFound
from integration_journal.steps import Steps


@dataclass(frozen=True, slots=True)
class Changes:
    """Some changes, and the cursor to store with them."""

    items: list[models.ChangeItem]
    """In order. `changed`: read it again. `gone`: drop it. `closed`: drop that chart. `opened`: its things follow."""
    cursor: str | None
    """Store it in the same transaction; None: begin without one next time."""
    must_forget: bool = False
    """Whether all that was fetched must be dropped first: the history is another one. What is unsent stays."""


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a reader in its feed."""

    cursor: str | None
    is_first: bool
    """Whether each thing that there is comes anyway, so that no chart needs to be read on its own."""
    opened: tuple[UUID, ...] = ()
    """Charts that have opened, and are read from their start before the feed goes on."""
    chart_cursor: str | None = None
    after_charts: str | None = None
    """The cursor to store once these charts are read: until then a program that is killed reads them again."""
    has_more: bool = True

    @classmethod
    def begin(cls, cursor: str | None) -> "Place":
        """Return the place of a cursor that was stored; None: the very beginning."""
        return cls(cursor, is_first=cursor is None)


def next_changes(core: Core, place: Place, limit: int) -> Steps[tuple[Changes, Place]]:
    """Return the next changes and the place after them."""
    if place.opened:
        return (yield from _of_chart(core, place, limit))
    try:
        answer = yield from core.answer(operations.list_changes(cursor=place.cursor, limit=limit))
    except CursorExpired:
        if place.cursor is None:
            raise
        return Changes([], None, must_forget=True), Place.begin(None)
    page = answer.value
    charts = [] if place.is_first else [item.patient_id for item in page.items if item.change == "opened"]
    opened = tuple(dict.fromkeys(chart for chart in charts if chart is not None))
    after = replace(place, opened=opened, chart_cursor=None, has_more=page.has_more)
    if opened:
        return Changes(page.items, place.cursor), replace(after, after_charts=page.next_cursor)
    return Changes(page.items, page.next_cursor), replace(after, cursor=page.next_cursor)


def _of_chart(core: Core, place: Place, limit: int) -> Steps[tuple[Changes, Place]]:
    chart = place.opened[0]
    request = operations.list_changes(patient_id=chart, cursor=place.chart_cursor, limit=limit)
    try:
        page = (yield from core.answer(request)).value
    except NotFound:
        return _next_chart(place, [])  # it has closed again meanwhile, which the feed tells next
    except CursorExpired:
        if place.chart_cursor is None:
            raise
        return Changes([], place.cursor), replace(place, chart_cursor=None)
    items = [item for item in page.items if item.change != "opened"]  # that was told
    if page.has_more:
        return Changes(items, place.cursor), replace(place, chart_cursor=page.next_cursor)
    return _next_chart(place, items)


def _next_chart(place: Place, items: list[models.ChangeItem]) -> tuple[Changes, Place]:
    rest = place.opened[1:]
    cursor = place.cursor if rest else place.after_charts
    return Changes(items, cursor), replace(place, opened=rest, chart_cursor=None, cursor=cursor)
