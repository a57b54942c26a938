"""Reads of a unit of work: rows that its actor may see now, by the parameters that every Statement takes from it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.actor import Actor
from integration_api.access.operations import Operation
from integration_api.access.policy import Grant
from integration_api.access.runtime import Runtime
from integration_api.access.statements import ACTOR_STANDS
from integration_api.access.visible import values_of
from integration_api.storage.statements import Read
from integration_api.web.errors import ApiError, NotFound
from integration_api.web.paging import Page, Window, bound_key, page

Row = TypeVar("Row", bound=BaseModel)
Item = TypeVar("Item")


class StartAgain(Exception):
    """The rows that the request read have changed; it starts again, once."""


class ActorChanged(StartAgain):
    """The claims of the access token no longer hold in the database."""


class Reads:
    """The reads of one actor, in one operation, at one time."""

    def __init__(self, runtime: Runtime, operation: Operation, actor: Actor | None, grant: Grant | None) -> None:
        """Begin now; `grant` is the policy's for this actor and operation."""
        self.runtime, self.operation = runtime, operation
        self.now: datetime = runtime.clock()
        self._actor, self._grant = actor, grant
        self._ambient = values_of(actor, grant, self.now)

    def later(self) -> "Reads":
        """Return the reads of the same actor and grant at this moment, for a response that lasts."""
        return Reads(self.runtime, self.operation, self._actor, self._grant)

    @property
    def actor(self) -> Actor:
        """Return the signed-in account. Raises RuntimeError in a public operation, which has none."""
        if self._actor is None:
            msg = f"{self.operation} has no actor"
            raise RuntimeError(msg)
        return self._actor

    async def one(self, read: Read[Row], **values: object) -> Row | None:
        """Return the first row of a Statement, or None if there is none that the actor may see."""
        return await self.runtime.database.one(read, {**self._ambient, **values})

    async def get(self, read: Read[Row], missing: type[ApiError] = NotFound, **values: object) -> Row:
        """Return the row of a Statement. Raises `missing`."""
        row = await self.one(read, **values)
        if row is None:
            raise missing
        return row

    async def all(self, read: Read[Row], **values: object) -> list[Row]:
        """Return the rows of a Statement. If there are none, check that the sign-in stands. Raises ActorChanged."""
        rows = await self.part(read, **values)
        if not rows and self._actor is not None:
            await self.confirm()
        return rows

    async def part(self, read: Read[Row], **values: object) -> list[Row]:
        """Return the rows of one part of a screen. Read what proves the sign-in (`get`) after the last part."""
        return await self.runtime.database.all(read, {**self._ambient, **values})

    async def page(
        self,
        read: Read[Row],
        window: Window,
        position: Callable[[Row], tuple[datetime, UUID]],
        present: Callable[[Row], Item],
        *,
        ascending: bool = False,
        until: datetime | None = None,
        rank: Callable[[Row], int] | None = None,
        **values: object,
    ) -> Page[Item]:
        """Return one page of a list Statement, which takes what `Window.values` gives; `rank` sorts first."""
        key = bound_key(self.runtime.cursor_key, self.actor.id, read.name, values)
        ranked = {"cursor_rank": window.rank(key)} if rank else {}
        rows = await self.all(read, **window.values(key, ascending=ascending, until=until), **ranked, **values)
        return page(rows, window, key, position, present, rank)

    async def confirm(self) -> None:
        """Raise ActorChanged if the sign-in has ended or the account has changed since the token was issued."""
        if await self.runtime.database.one(ACTOR_STANDS, self._ambient) is None:
            raise ActorChanged
