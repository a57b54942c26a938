"""Long fills of migrations: columns of many rows are filled a page at a time, while others read and write the table.

On PostgreSQL each page is a transaction of its own, so what a killed fill has done stays, and the next run goes on. On
SQLite the revision is one transaction, as always, and the server has ended before it.

A page holds its rows for `PAGE_SECONDS` at most: one that would take longer is undone and halved.
"""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.long_steps import bind_again, unbound
from integration_api.storage.migrations import PAGE_SECONDS

PAGE_ROWS = 1_000
_TIMED_OUT = "57014"
_Key = tuple[Any, ...]


def fill(
    table: sa.TableClause,
    values: Mapping[str, Any],
    where: sa.ColumnElement[bool],
    key: Sequence[str] = ("clinic_id", "id"),
    rows: int = PAGE_ROWS,
) -> None:
    """Set `values` in each row of `table` that `where` matches, in pages by its primary key.

    `where` must not match a row that was filled: so it can be repeated. `table` names the columns that are used, with
    their types. Raises DatabaseUnfit if a row is in use for longer than a migration waits; what was filled stays.
    """
    if context.is_offline_mode():
        op.execute(f"FILL {table.name}")  # for the plan alone
        return
    pages = _Pages(table, sa.update(table).where(where).values(dict(values)), [table.c[name] for name in key])
    if op.get_context().dialect.name == "sqlite":
        pages.fill(rows, None)
        return
    with op.get_context().autocommit_block():
        bounds = unbound()
        op.execute(f"SET statement_timeout = '{PAGE_SECONDS}s'")
        pages.fill(rows, _milliseconds(bounds["lock_timeout"]))
        bind_again(bounds)


class _Pages:
    """The pages of one table."""

    def __init__(self, table: sa.TableClause, change: sa.Update, key: Sequence[sa.ColumnClause[Any]]) -> None:
        self.table, self.change, self.key = table, change, key
        self.bind = op.get_bind()

    def fill(self, rows: int, wait: int | None) -> None:
        """Fill all pages. `wait` is the longest wait for one row in milliseconds, None without a bound."""
        total = self.bind.execute(sa.select(sa.func.count()).select_from(self.table)).scalar_one()
        advance = context.config.attributes["begin"](total)
        size, after, tries = rows, None, count(1)
        while page := self._page(after, size):
            if self._is_filled(after, page[-1]):
                advance(len(page))
                size, after, tries = min(rows, size * 2), page[-1], count(1)
            elif size > 1:
                size //= 2
            elif wait is not None and next(tries) * PAGE_SECONDS * 1000 >= wait:
                raise DatabaseUnfit(
                    f"a row of {self.table.name} was in use for more than {wait // 1000} s; what was filled stays, and "
                    "servers go on. Run `integration-api migrate` again, in a quiet hour or with a longer "
                    "--wait-seconds"
                )

    def _page(self, after: _Key | None, size: int) -> list[_Key]:
        query = sa.select(*self.key).order_by(*self.key).limit(size)
        if after is not None:
            query = query.where(sa.tuple_(*self.key) > self._literal(after))
        return [tuple(row) for row in self.bind.execute(query)]

    def _is_filled(self, after: _Key | None, last: _Key) -> bool:
        """Change the rows of one page; return False if that took too long, and then nothing of it was done."""
        change = self.change.where(sa.tuple_(*self.key) <= self._literal(last))
        if after is not None:
            change = change.where(sa.tuple_(*self.key) > self._literal(after))
        try:
            self.bind.execute(change)
        except sa.exc.DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _TIMED_OUT:
                raise
            return False
        return True

    def _literal(self, key: _Key) -> sa.Tuple:
        return sa.tuple_(*(sa.literal(value, column.type) for value, column in zip(key, self.key, strict=True)))


def _milliseconds(bound: str) -> int | None:
    """Return a bound of PostgreSQL as a number, None if there is none."""
    return int(bound.removesuffix("ms")) or None
