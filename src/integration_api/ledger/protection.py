"""Tables that only grow. On SQLite a trigger refuses to change or remove their rows; on PostgreSQL the role of the
application has no right to (`core/roles.py`).

A trigger on SQLite goes with its table when a migration makes that anew. So they are made after migrations, where
they are missing (`alembic/env.py`), and no migration has to remember them. PostgreSQL has none: a database that is
spread over machines could not.
"""

from collections.abc import Iterator

__all__ = ["ONLY_GROW", "allow_statements", "refuse_statements"]

ONLY_GROW = ("ledger", "ledger_places", "ledger_seals")


def refuse_statements() -> Iterator[str]:
    """SQL for SQLite that makes the triggers where they are missing."""
    for table in ONLY_GROW:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS tr_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
            )


def allow_statements() -> Iterator[str]:
    """SQL for SQLite that takes them away: for benchmarks, and for tests that tamper."""
    for table in ONLY_GROW:
        for verb in ("update", "delete"):
            yield f"DROP TRIGGER IF EXISTS tr_{table}_{verb}"
