"""What a test asks of the shared database of each kind, and how that answers, whatever the values are in particular."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from integration_api.storage.database import Database, Rows, Step

_SMALL, _LARGE = 2**15, 2**31
_ROWS = 20


@dataclass
class Asked:
    """What the present test asks, and of what it was told."""

    facts: set[Hashable] = field(default_factory=set)
    after: Hashable = None
    under_way: int = 0
    is_crowded: bool = False


present: dict[str, Asked] = {}
"""By kind of database; outside of tests there is none."""


def watch(database: Database) -> None:
    """Note what this database is asked from here on, and how it answers."""
    kind = database.driver.dialect
    read_all, apply, append, load = database.all, database.apply, database.append, database.load

    async def noted_all(read: Any, values: Mapping[str, object]) -> list[Any]:
        test = present.get(kind)
        if test is None:
            return await read_all(read, values)
        asked = (read.name, test.after, _kinds(values.values()))
        try:
            found = await read_all(read, values)
        except Exception as error:
            test.facts.add((*asked, type(error)))
            raise
        test.facts.add((*asked, min(len(found), 2)))
        test.facts.update((read.name, _kinds(vars(row).values())) for row in found[:_ROWS])
        return found

    async def noted_apply(steps: Sequence[Step]) -> None:
        shape = tuple((step.change.name, step.rows) for step in steps)
        with _step(kind, shape, [(step.change.name, _kinds(step.values.values())) for step in steps]):
            await apply(steps)

    async def noted_append(change: Any, rows: Sequence[Mapping[str, object]]) -> None:
        with _step(kind, (change.name,), [(change.name, _kinds(row.values())) for row in rows], is_kept=False):
            await append(change, rows)

    async def noted_load(first: Step, *lists: Rows) -> None:
        shape = (first.change.name, *((rows.change.name, min(len(rows.values), 2)) for rows in lists))
        values = [(rows.change.name, _kinds(row.values())) for rows in lists for row in rows.values]
        with _step(kind, shape, values):
            await load(first, *lists)

    vars(database).update(all=noted_all, apply=noted_apply, append=noted_append, load=noted_load)


@contextmanager
def _step(
    kind: str, shape: Hashable, values: Sequence[tuple[str, Hashable]], *, is_kept: bool = True
) -> Iterator[None]:
    test = present.get(kind)
    if test is None:
        yield
        return
    test.is_crowded |= test.under_way > 0
    test.under_way += 1
    try:
        yield
    except Exception as error:
        test.facts.add((shape, type(error), *error.args))
        raise
    finally:
        test.under_way -= 1
    test.facts.update((shape, *values))
    if is_kept:
        test.after = frozenset(name for name, _ in values)


def _kinds(values: Any) -> tuple[Hashable, ...]:
    return tuple([kind_of(value) for value in values])


def kind_of(value: Any) -> Hashable:  # noqa: PLR0911  a line for each type
    """What of a value may matter to a database, whatever else it says."""
    if value is None or isinstance(value, bool | Enum):
        return value
    if isinstance(value, str):
        return "" if not value else ("text", value.isascii(), value.isprintable(), value.strip() == value)
    if isinstance(value, int):
        return (value > 0, value != 0, abs(value) < _SMALL, abs(value) < _LARGE)
    if isinstance(value, float):
        return ("float", value > 0, value.is_integer())
    if isinstance(value, datetime):
        return ("at", value.tzinfo is None, value.year // 100)
    if isinstance(value, date):
        return ("on", value.year // 100)
    if isinstance(value, list | tuple | set | frozenset):
        return ("many", min(len(value), 2), frozenset(map(type, value)))
    return UUID if isinstance(value, UUID) else type(value)  # a driver has a class of its own
