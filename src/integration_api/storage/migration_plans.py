"""The plan of a migration: the revisions that are to come, what each locks on PostgreSQL, and which servers may go on.

The locks are read from the SQL that the revisions would run; nothing is changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path

import sqlalchemy as sa

from integration_api.storage import migrations
from integration_api.storage.database import DatabaseUnfit

_NAME = r'(?:public\.)?"?(\w+)"?'
_LOCKS = (
    (re.compile(rf"CREATE (?:UNIQUE )?INDEX CONCURRENTLY .* ON {_NAME} ", re.IGNORECASE), "nothing that you notice"),
    (re.compile(r"DROP INDEX CONCURRENTLY", re.IGNORECASE), ""),
    (re.compile(rf"CREATE (?:UNIQUE )?INDEX .* ON {_NAME} ", re.IGNORECASE), "writes"),
    (re.compile(rf"REFERENCES {_NAME}", re.IGNORECASE), "writes"),
    (re.compile(rf"^(?:ALTER|DROP) TABLE {_NAME}", re.IGNORECASE), "reads and writes"),
    (re.compile(r"^DROP INDEX (\w+)", re.IGNORECASE), "reads and writes of its table"),
    (re.compile(rf"^FILL {_NAME}", re.IGNORECASE), f"a page of its rows, for at most {migrations.PAGE_SECONDS} s"),
    (re.compile(rf"^(?:UPDATE|INSERT INTO|DELETE FROM) {_NAME}", re.IGNORECASE), "the rows that it changes"),
)
"""SQL, and what waits for it; the first that is found counts, and in a CREATE TABLE each reference."""
_OWN = "alembic_version"
_CREATES = re.compile(rf"^CREATE TABLE {_NAME}", re.IGNORECASE)
_COMMENT = re.compile(r"^--.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Planned:
    """One revision: what it is for, whether servers of the one before may go on, and what it locks, by table."""

    revision: str
    title: str
    serves_with: bool
    locks: dict[str, str]
    is_known: bool
    """False if it reads rows first, so that its SQL is not known before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The revision that a database is at, None if it has no tables, and those that are to come.

    None is to come for a newer database that lets this program go on.
    """

    present: str | None
    revisions: list[Planned]


def sqlite_plan(path: Path) -> Plan:
    """Return what is to come for a file; all of it if there is none. Raises DatabaseUnfit."""
    if not path.exists():
        return Plan(None, _planned(None))
    engine = migrations.sqlite_engine(path)
    try:
        with engine.connect() as connection:
            return _plan(connection)
    except sa.exc.DBAPIError as error:
        raise DatabaseUnfit(f"{path}: the database cannot be read") from error
    finally:
        engine.dispose()


async def postgres_plan(url: str) -> Plan:
    """Return what is to come for a PostgreSQL database. Raises DatabaseDown, DatabaseUnfit."""
    engine = migrations.postgres_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_plan)
    except sa.exc.DBAPIError as error:
        raise DatabaseUnfit(migrations.why_failed(error)) from error
    finally:
        await engine.dispose()


def _plan(connection: sa.Connection) -> Plan:
    present = migrations.present_revision(connection)
    if migrations.newer_but_served(connection, present):
        return Plan(present, [])
    return Plan(present, _planned(present))


def _planned(present: str | None) -> list[Planned]:
    found, before, is_new = [], present or "base", partial(_tables_of, set[str]())
    for script in migrations.pending(present):
        sql = _sql(before, script.revision)
        title = " ".join((script.module.__doc__ or "").strip().splitlines()[:1])
        locks = is_new(sql or ())
        found.append(Planned(script.revision, title, migrations.says_serves_with(script), locks, sql is not None))
        before = script.revision
    return found


def _sql(before: str, revision: str) -> Sequence[str] | None:
    """Return the statements of one revision, or None if it reads rows first."""
    from alembic import command  # noqa: PLC0415  serving needs no Alembic

    alembic, output = migrations.config(), StringIO()
    alembic.attributes["output"] = output
    try:
        command.upgrade(alembic, f"{before}:{revision}", sql=True)
    except (AttributeError, TypeError):  # there are no rows to read
        return None
    text = _COMMENT.sub("", output.getvalue())
    return [" ".join(part.split()) for part in text.split(";") if part.split()]


def _tables_of(made: set[str], statements: Sequence[str]) -> dict[str, str]:
    """Return what each table is locked for. `made` are tables of this plan, which nobody uses yet."""
    found: dict[str, str] = {}
    for statement in statements:
        if created := _CREATES.match(statement):
            made.add(created[1])
        for table, what in _locks_of(statement):
            if table not in made and table != _OWN:
                strongest = "reads and writes" if "reads" in (what + found.get(table, "")) else what
                found[table] = strongest
    return found


def _locks_of(statement: str) -> Iterator[tuple[str, str]]:
    for pattern, what in _LOCKS:
        tables = pattern.findall(statement)
        if tables:
            yield from ((table, what) for table in tables if what)
            return
