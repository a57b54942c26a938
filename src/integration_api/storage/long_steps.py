"""Long steps of migrations: what takes minutes on a large table and must not hold it for as long.

Each is run outside of the transaction of its revision, before anything else in it. It holds up neither reads nor
writes. If it is killed, the revision is run again.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import context, op

_IS_INVALID = sa.text(
    "SELECT count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE relname = :name AND NOT indisvalid AND relnamespace = 'public'::regnamespace"
)
_UNBOUND = ("lock_timeout", "transaction_timeout", "statement_timeout")
"""Settings of PostgreSQL that bound a migration. What is built or waited for here holds up neither reads nor writes."""


def build_index(name: str, table: str, columns: Sequence[str], where: str | None = None) -> None:
    """Build an index while others read and write the table; on SQLite, while others read.

    What a killed build has left on PostgreSQL is removed first.
    """
    found: dict[str, Any] = {}
    if where is not None:
        found = {f"{dialect}_where": sa.text(where) for dialect in ("postgresql", "sqlite")}
    if op.get_context().dialect.name == "sqlite":
        op.create_index(name, table, list(columns), if_not_exists=True, **found)
        return
    with op.get_context().autocommit_block():
        if not context.is_offline_mode():
            bounds = unbound()
            if op.get_bind().execute(_IS_INVALID, {"name": name}).scalar_one():
                op.execute(f'DROP INDEX CONCURRENTLY "{name}"')
        op.create_index(name, table, list(columns), if_not_exists=True, postgresql_concurrently=True, **found)
        if not context.is_offline_mode():
            bind_again(bounds)


def drop_index(name: str, table: str) -> None:
    """Drop an index while others read and write the table."""
    if op.get_context().dialect.name == "sqlite":
        op.drop_index(name, table, if_exists=True)
        return
    with op.get_context().autocommit_block():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)


def unbound() -> dict[str, str]:
    """Take the bounds off, and return what they were."""
    known = sa.text("SELECT name, setting || coalesce(unit, '') FROM pg_settings WHERE name = ANY(:names)")
    rows = op.get_bind().execute(known, {"names": list(_UNBOUND)})
    bounds = {str(name): str(bound) for name, bound in rows}
    bind_again(dict.fromkeys(bounds, "0"))
    return bounds


def bind_again(bounds: dict[str, str]) -> None:
    """Put bounds on."""
    for name, bound in bounds.items():
        op.execute(f"SET {name} = '{bound}'")
