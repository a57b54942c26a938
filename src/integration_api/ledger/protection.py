"""Tables that only grow. On SQLite triggers refuse to change, remove or replace their rows; on PostgreSQL the role of
the application has no right to (`storage/grants.py`).

`INSERT OR REPLACE` removes the row in its way without the trigger of removals. So inserting has a trigger of its own,
for each key of the table and for SQLite's row number. Its message is SQLite's own message for a key that exists, so
that `storage/sqlite.py` reports an ordinary second row as a duplicate.

A trigger on SQLite goes with its table when a migration makes that anew. So they are made after migrations, where
they are missing (`alembic/env.py`), and no migration has to remember them. PostgreSQL has none: a database that is
spread over machines could not.
"""

from collections.abc import Iterator

from integration_api.storage.sqlite import TAKEN

_KEYS = {
    "ledger": (("clinic_id", "id"),),
    "ledger_places": (("clinic_id", "id"), ("clinic_id", "position")),
    "ledger_seals": (("clinic_id", "id"), ("clinic_id", "number")),
}
"""The unique columns of each table."""

ONLY_GROW = tuple(_KEYS)


def refuse_statements() -> Iterator[str]:
    """Return SQL for SQLite that makes the missing triggers."""
    for table in ONLY_GROW:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS tr_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are only ever added'); END"
            )
        refused = ";".join(_refuse_second(table, key) for key in (*_KEYS[table], ("rowid",)))
        yield f"CREATE TRIGGER IF NOT EXISTS tr_{table}_insert BEFORE INSERT ON {table} BEGIN {refused}; END"


def _refuse_second(table: str, key: tuple[str, ...]) -> str:
    is_there = " AND ".join(f"{name} = NEW.{name}" for name in key)
    named = ", ".join(f"{table}.{name}" for name in key)
    return f"SELECT RAISE(ABORT, '{TAKEN}{named}') WHERE EXISTS (SELECT 1 FROM {table} WHERE {is_there})"  # noqa: S608  names of ours
