"""Whose request asks the database the same: it is asked once of the second kind of database, by one of them.

Up to the driver both kinds have the same code. So two people of whom one kind was asked the same statements, and who
were told the same, differ on the other kind in what is bound to the same statements, and in nothing else.
"""

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from integration_api.storage.database import Database

T = TypeVar("T", bound=Hashable)

_known: dict[tuple[str, Hashable], Hashable] = {}
"""By kind of database and name of a request: its statements, and what was told."""
_OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}


class Representatives(Generic[T]):
    """The requests of one operation to one database, each by somebody else, and what they were told."""

    def __init__(self, database: Database) -> None:
        self._kind = database.driver.dialect
        self._told: dict[Hashable, T] = {}

    def told(self, name: Hashable) -> T | None:
        """The answer to somebody with the same request; None if this one must be sent."""
        return self._told.get(_known.get((_OTHER[self._kind], name)))

    def keep(self, name: Hashable, texts: Sequence[str], told: T) -> None:
        """Keep the statements of this request, and what was told."""
        _known[self._kind, name] = (tuple(texts), told)
        elsewhere = _known.get((_OTHER[self._kind], name))
        if elsewhere is not None:
            self._told[elsewhere] = told
