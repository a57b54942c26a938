"""Databases for tests: empty ones, and migrated ones that are copies of one that was migrated once in this process."""

import shutil
import tempfile
from functools import cache
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from integration_api.storage import migrations
from tests.processes import enter_run

on_sqlite = pytest.mark.parametrize("settings", ["sqlite"], indirect=True, scope="session")
"""For what is decided before a database is asked: the code up to there is the same for both kinds."""

_templates: dict[str, str] = {}
"""By the address of a server, the database on it that others are copied from."""


def migrated_sqlite(path: Path) -> Path:
    """A migrated database at `path`."""
    assert not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_sqlite_template(), path)
    path.chmod(0o600)
    return path


@cache
def _sqlite_template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="template", dir=enter_run() / "tmp")) / "journal.sqlite3"
    migrations.migrate_sqlite(path)
    return path


async def new_postgres_database(server_url: str, template: str = "template1") -> str:
    """The address of a new database on the server, empty unless it is copied from another."""
    name = f"t{uuid4().hex}"
    connection = await asyncpg.connect(server_url)
    # Copied as files: by way of the log it would be written twice, and the log is read by a test.
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    await connection.close()
    before, _, query = server_url.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


async def migrated_postgres(server_url: str) -> str:
    """The address of a new migrated database on the server."""
    if server_url not in _templates:
        url = await new_postgres_database(server_url)
        await migrations.migrate_postgres(url)
        _templates[server_url] = url.partition("?")[0].rsplit("/", 1)[1]
    return await new_postgres_database(server_url, _templates[server_url])
