"""Moving a whole database to the other kind, from the embedded one to PostgreSQL or back, while no server runs."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import rmtree

import sqlalchemy as sa

from integration_api.operating import row_copies
from integration_api.operating.checks import NotDone
from integration_api.operating.progress import Begin, silent
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.objects import write_through
from integration_api.storage.sqlite import explained

_ASIDE = ".move-"
_REVISION = sa.table("alembic_version", sa.column("version_num", sa.String))
_OTHERS = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
    "AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'"
)
"""Sessions of other roles count too: PostgreSQL hides their `backend_type`, and never `usesysid`."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The rows that arrived, by table; `was_there` if an earlier run had ended before its mark."""

    rows: Mapping[str, int]
    was_there: bool


async def move(settings: Settings, to: str, begin: Begin = silent) -> Moved:
    """Copy every row into an empty database of the other kind, compare both, and mark this one as moved.

    `to` is the URL of a PostgreSQL, or an empty data folder. The copy is one transaction, and the mark comes after it:
    killed at any point, it can be run again. No server can use the source meanwhile. Raises NotDone, DatabaseDown,
    DatabaseUnfit, OSError.
    """
    if not to.startswith(("postgres:", "postgresql:", "postgresql+asyncpg:")):
        return await _to_file(settings, Path(to), begin)
    if not settings.is_embedded:
        raise NotDone("a PostgreSQL is copied to another with its own programs: docs/backup.md says how")
    with _held_file(settings.sqlite_path) as source:
        _check_is_latest(source)
        engine = migrations.postgres_engine(to)
        try:
            async with engine.connect() as target:
                is_new = await target.run_sync(_revision) is None
            if is_new:
                await migrations.migrate_postgres(to)
            async with engine.begin() as target:
                moved = await target.run_sync(partial(_into, source=source, begin=begin))
        finally:
            await engine.dispose()
        _mark(source)
        source.commit()
    return moved


async def undo_mark(settings: Settings) -> None:
    """Take the mark off a database that was moved, so that it can be served again. Raises NotDone, DatabaseUnfit."""
    if settings.database_url is None:
        with _held_file(settings.sqlite_path) as connection:
            _take_off(connection)
            connection.commit()
        return
    engine = migrations.postgres_engine(settings.database_url.get_secret_value())
    try:
        async with engine.begin() as there:
            await there.run_sync(_take_off)
    finally:
        await engine.dispose()


async def _to_file(settings: Settings, folder: Path, begin: Begin) -> Moved:
    if settings.database_url is None:
        raise NotDone("an embedded database is copied to another folder by `backup` and `restore`: docs/backup.md")
    path = folder / settings.sqlite_path.name
    made = _place_for(path)
    engine = migrations.postgres_engine(settings.database_url.get_secret_value())
    try:
        async with engine.connect() as source:
            moved = await source.run_sync(partial(_into_file, made=made, path=path, begin=begin))
            await source.run_sync(_mark)
            await source.commit()
    finally:
        if made != path:
            rmtree(made.parent, ignore_errors=True)
        await engine.dispose()
    return moved


def _place_for(path: Path) -> Path:
    """Return where the database is made: aside, or where it is if an earlier run has made it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in path.parent.glob(f"{_ASIDE}*"):
        rmtree(left)
    return path if path.exists() else Path(tempfile.mkdtemp(prefix=_ASIDE, dir=path.parent)) / path.name


def _into_file(source: sa.Connection, made: Path, path: Path, begin: Begin) -> Moved:
    _check_is_latest(source)
    _check_is_unused(source)
    names = ", ".join(f'"{table.name}"' for table in row_copies.tables())
    # A server that starts from now on waits for its revision, and then finds the mark.
    source.execute(sa.text(f'LOCK TABLE "{_REVISION.name}" IN ACCESS EXCLUSIVE MODE'))
    source.execute(sa.text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    _check_is_unused(source)  # one may have started between the first look and the lock
    _check_is_latest(source)
    if made != path:
        migrations.migrate_sqlite(made)
    with _held_file(made) as target:
        moved = _into(target, source, begin)
        target.commit()
    if made != path:
        made.chmod(0o600)
        write_through(made)
        made.rename(path)
        write_through(path.parent)
    return moved


def _check_is_unused(source: sa.Connection) -> None:
    """Raise NotDone if anybody else is connected to this PostgreSQL database."""
    source.execute(sa.text("SELECT pg_stat_clear_snapshot()"))  # a transaction sees the first look again otherwise
    if others := source.execute(_OTHERS).scalar_one():
        raise NotDone(f"{others} other connections use the database: end the servers first")


def _into(target: sa.Connection, source: sa.Connection, begin: Begin) -> Moved:
    """Copy, unless the rows are there already; compare both databases."""
    _check_is_latest(target)
    total = row_copies.count(source)
    advance = begin(2 * total)
    was_there = row_copies.count(target) > 0
    held = row_copies.sums(source, advance) if was_there else row_copies.copy(source, target, advance)
    try:
        row_copies.check_same(held, row_copies.sums(target, advance))
    except NotDone as error:
        msg = "the database to move to is not empty, and holds something else; nothing was changed"
        raise NotDone(msg if was_there else f"{error}; nothing was changed") from error
    return Moved({name: one.rows for name, one in held.items()}, was_there)


@contextmanager
def _held_file(path: Path) -> Iterator[sa.Connection]:
    """Open the embedded database so that no other process can use it. Raises NotDone, DatabaseUnfit."""
    if not path.exists():
        raise NotDone(f"{path}: there is no such database")
    engine = sa.create_engine(
        migrations.sqlite_url(path), creator=partial(sqlite3.connect, path, isolation_level=None), poolclass=sa.NullPool
    )
    try:
        with engine.connect() as connection:
            try:
                connection.exec_driver_sql("PRAGMA busy_timeout=0")
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")
                connection.exec_driver_sql("PRAGMA journal_mode=DELETE")  # refused while another connection is open
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
            except sa.exc.DBAPIError as error:
                name = getattr(error.orig, "sqlite_errorname", "")
                if name.startswith("SQLITE_BUSY"):
                    raise NotDone(f"another program uses {path}: end the server first") from error
                raise explained(path, error.orig or error) from error
            yield connection
    finally:
        engine.dispose()


def _check_is_latest(connection: sa.Connection) -> None:
    """Raise NotDone if a database is not at the revision of this program, the source and the target alike."""
    found = _revision(connection)
    if found is not None and (why := migrations.why_not_migratable(found)):
        raise NotDone(why)
    if found != migrations.latest_revision():
        raise NotDone(
            f"a database is not at revision {migrations.latest_revision()}: run `integration-api migrate` on it"
        )


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table(_REVISION.name):
        return None
    found: str | None = connection.execute(sa.select(_REVISION.c.version_num)).scalar_one_or_none()
    return found


def _mark(source: sa.Connection) -> None:
    source.execute(sa.update(_REVISION).values(version_num=migrations.MOVED + _REVISION.c.version_num))


def _take_off(connection: sa.Connection) -> None:
    found = _revision(connection) or ""
    if not found.startswith(migrations.MOVED):
        raise NotDone("this database is not marked as moved")
    connection.execute(sa.update(_REVISION).values(version_num=found.removeprefix(migrations.MOVED)))
