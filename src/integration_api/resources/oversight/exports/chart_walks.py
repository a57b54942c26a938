"""A walk through a chart as its patient sees it: each kind of things by the lists of the API, a page at a time."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.jobs import OnBehalf
from integration_api.access.operations import Operation
from integration_api.access.work import Work
from integration_api.web.errors import Conflict, NotFound
from integration_api.web.paging import Window

PAGE_ROWS = 50
"""Things that are held at once. Our own choice: a text may have 20,000 characters."""
Pages = AsyncIterator[Sequence[BaseModel]]


class Found(Protocol):
    """One page of a list."""

    @property
    def items(self) -> Sequence[BaseModel]:
        """Return its things."""

    @property
    def next_cursor(self) -> str | None:
        """Return where the next one begins."""


@dataclass(slots=True)
class Walk:
    """One walk: who reads, which chart, and the ids of things that others are read by."""

    on_behalf: OnBehalf
    patient_id: UUID
    go_on: Callable[[], Awaitable[None]]
    """Says between two pages that the job still runs. Raises if another process has taken it over."""
    parents: dict[str, list[UUID]] = field(default_factory=dict)

    def remember(self, group: str, thing: object) -> None:
        """Remember the id of a thing whose parts are read later."""
        self.parents.setdefault(group, []).append(getattr(thing, "id"))  # noqa: B009  each has one, unknown to types


Listing = Callable[[Work, Window], Awaitable[Found]]
Part = Callable[[Work, UUID, Window], Awaitable[Found]]
Reading = Callable[[Walk], Pages]
"""Reads all things of a kind."""


def _ours(thing: Mapping[str, object], me: UUID, by: Sequence[str]) -> bool:
    return any(thing.get(name) == me for name in by)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things in an export: the file `data/<name>.jsonl`, and a heading in the readable chart."""

    name: str
    one: str
    """One of them, in the heading of an entry."""
    read: Reading
    at: tuple[str, ...] = ("created_at",)
    """The fields with the time by which it is sorted; the first that is filled counts."""
    by: tuple[str, ...] = ("created_by_id",)
    """The fields with the account that wrote it."""
    title: tuple[str, ...] = ()
    """The fields that the heading names."""
    hidden: tuple[str, ...] = ()
    """Fields that the readable chart leaves to the data file."""
    is_shown: bool = True
    """Whether the readable chart has an entry for each; else they are in the data file alone."""
    is_own: bool = False
    """Whether only the patient writes these."""
    groups: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    """Which of them have parts that another kind reads."""

    def is_by(self, thing: Mapping[str, object], me: UUID) -> bool:
        """Return whether the words of one are the patient's own."""
        return self.is_own or _ours(thing, me, self.by)


async def _pages(walk: Walk, operation: Operation, call: Listing) -> Pages:
    """Yield every page of one list."""
    cursor, is_more = None, True
    while is_more:
        await walk.go_on()
        found = await call(walk.on_behalf.work(operation), Window(PAGE_ROWS, cursor))
        if found.items:
            yield found.items
        cursor, is_more = found.next_cursor, found.next_cursor is not None


def listed(operation: Operation, *calls: Listing) -> Reading:
    """Read one list of the chart after the other: the first, then that of what was withdrawn."""

    async def read(walk: Walk) -> Pages:
        for call in calls:
            async for page in _pages(walk, operation, call):
                yield page

    return read


def single(operation: Operation, call: Callable[[Work, UUID], Awaitable[BaseModel]]) -> Reading:
    """Read the one thing of the chart."""

    async def read(walk: Walk) -> Pages:
        await walk.go_on()
        yield [await call(walk.on_behalf.work(operation), walk.patient_id)]

    return read


def of_chart(operation: Operation, call: Part) -> Reading:
    """Read a list that names the chart in its address."""

    async def read(walk: Walk) -> Pages:
        async for page in _pages(walk, operation, _about(call, walk.patient_id)):
            yield page

    return read


def of_each(group: str, operation: Operation, *calls: Part) -> Reading:
    """Read the lists of each thing of a group. One that has none of these any more is passed over."""

    async def read(walk: Walk) -> Pages:
        for parent, call in product(walk.parents.get(group, ()), calls):
            with suppress(NotFound, Conflict):
                async for page in _pages(walk, operation, _about(call, parent)):
                    yield page

    return read


def _about(call: Part, thing_id: UUID) -> Listing:
    """Return the list that belongs to one thing."""

    async def ask(work: Work, window: Window) -> Found:
        return await call(work, thing_id, window)

    return ask


def one_of_each(
    group: str,
    operation: Operation,
    call: Callable[[Work, UUID], Awaitable[BaseModel]],
    take: Callable[[Any], Sequence[BaseModel]] = lambda found: () if getattr(found, "version", None) == 0 else (found,),
) -> Reading:
    """Read what belongs to each thing of a group: what is read, or what is taken of it.

    The version of a part that nobody wrote yet is 0.
    """

    async def read(walk: Walk) -> Pages:
        for parent in walk.parents.get(group, ()):
            await walk.go_on()
            try:
                found = await call(walk.on_behalf.work(operation), parent)
            except (NotFound, Conflict):
                continue
            if taken := take(found):
                yield taken

    return read
