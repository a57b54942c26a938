"""Servers of the release before go on after a migration: today's schema understands each of their Statements.

`make previous` records a release when it is made (`tests/upgrades/recorded.py`). If a migration since says that its
servers may not go on, nothing is promised, and this asks nothing.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import asyncpg
import pytest

from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.upgrades.recorded import read

pytestmark = pytest.mark.thorough

BEFORE = read()
MAY_GO_ON = migrations.serves_from(migrations.latest_revision()) <= BEFORE.revision


def test_the_release_before_is_one_of_ours() -> None:
    assert BEFORE.revision in {script.revision for script in migrations.scripts().walk_revisions()}
    assert len(BEFORE.statements["postgresql"]) > 800
    assert BEFORE.statements["postgresql"].keys() == BEFORE.statements["sqlite"].keys()


async def faults(settings: Settings, statements: Mapping[str, Any]) -> dict[str, str]:
    """What the database says of each text that it cannot prepare."""
    found = dict[str, str]()
    if settings.database_url is None:
        with closing(sqlite3.connect(settings.sqlite_path)) as file:
            for name, one in statements.items():
                try:
                    file.execute(f"EXPLAIN {one['sql']}", [None] * len(one["parameters"]))
                except sqlite3.Error as error:
                    found[name] = str(error)
        return found
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    for name, one in statements.items():
        try:
            await connection.prepare(one["sql"])
        except asyncpg.PostgresError as error:
            found[name] = str(error)
    await connection.close()
    return found


async def test_every_statement_of_the_release_before_is_understood(own: Settings) -> None:
    statements = BEFORE.statements["sqlite" if own.is_embedded else "postgresql"]
    assert await faults(own, {"of_no_table": {"sql": "SELECT a FROM b", "parameters": []}}), "it would be seen"
    if MAY_GO_ON:
        assert await faults(own, statements) == {}
