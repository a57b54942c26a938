"""Copying every row of a database into another of the other kind, and proving that both hold the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.operating.checks import NotDone
from integration_api.operating.progress import Advance

Row = dict[str, Any]
_PAGE_ROWS = 500
_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Sum:
    """The number of rows of a table, and a sum of their hashes, which does not hang on their order."""

    rows: int = 0
    digest: int = 0

    def plus(self, rows: Sequence[Row]) -> "Sum":
        """Return the sum with these rows too."""
        digest = self.digest
        for row in rows:
            plain = repr([_plain(value) for value in row.values()])
            digest += int.from_bytes(sha256(plain.encode()).digest(), "big")
        return Sum(self.rows + len(rows), digest % _MODULUS)


def tables() -> Sequence[sa.Table]:
    """Return every table of the product, parents first."""
    return SQLModel.metadata.sorted_tables


def count(connection: sa.Connection) -> int:
    """Return the number of rows of all tables."""
    return sum(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in tables())


def copy(source: sa.Connection, target: sa.Connection, advance: Advance) -> dict[str, Sum]:
    """Insert every row of the source into the empty tables of the target. Returns what the source holds, by table."""
    found = {}
    for table in tables():
        found[table.name] = total = Sum()
        for rows in _parents_first(table, _pages(source, table)):
            target.execute(sa.insert(table), rows)
            found[table.name] = total = total.plus(rows)
            advance(len(rows))
    return found


def sums(connection: sa.Connection, advance: Advance) -> dict[str, Sum]:
    """Return what a database holds, by table."""
    found = {}
    for table in tables():
        found[table.name] = total = Sum()
        for rows in _pages(connection, table):
            found[table.name] = total = total.plus(rows)
            advance(len(rows))
    return found


def check_same(source: dict[str, Sum], target: dict[str, Sum]) -> None:
    """Raise NotDone if two databases do not hold the same rows; it names the tables."""
    if others := [name for name, held in source.items() if target.get(name) != held]:
        raise NotDone(f"both databases do not hold the same rows in {', '.join(others)}")


def _pages(connection: sa.Connection, table: sa.Table) -> Iterator[list[Row]]:
    """Yield the rows as they are stored, text encrypted, a page at a time."""
    found = connection.execution_options(yield_per=_PAGE_ROWS).execute(sa.select(table))
    for page in found.mappings().partitions():
        yield [dict(row) for row in page]


def _parents_first(table: sa.Table, pages: Iterator[list[Row]]) -> Iterator[list[Row]]:
    """Yield the rows of a table whose rows name each other: one that names another comes after it."""
    names = [_names(key) for key in table.foreign_key_constraints if key.referred_table is table]
    if not names:
        yield from pages
        return
    there: set[tuple[Any, ...]] = set()
    waiting: list[Row] = []
    for page in pages:
        ready, waiting = _ready(names, there, [*waiting, *page])
        if ready:
            yield ready
    while waiting:
        ready, waiting = _ready(names, there, waiting)
        if not ready:
            raise NotDone(f"rows of {table.name} name each other in a circle")
        yield ready


def _names(key: sa.ForeignKeyConstraint) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that name another row of the same table, and the columns that they name."""
    return tuple(column.name for column in key.columns), tuple(one.column.name for one in key.elements)


def _ready(
    names: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], there: set[tuple[Any, ...]], rows: list[Row]
) -> tuple[list[Row], list[Row]]:
    ready, waiting = [], []
    for row in rows:
        named = [(others, tuple(row[name] for name in own)) for own, others in names]
        if all(None in key or (others, key) in there for others, key in named):
            ready.append(row)
            there.update((others, tuple(row[name] for name in others)) for _, others in names)
        else:
            waiting.append(row)
    return ready, waiting


def _plain(value: object) -> object:
    """Return what a value is on either kind of database."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, Enum):
        return value.value
    return bytes(value) if isinstance(value, memoryview) else value
