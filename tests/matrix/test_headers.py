"""What every answer carries, and what none does: nothing is kept, nothing is for another origin."""

from itertools import cycle
from pathlib import Path

import pytest

from integration_api.storage.sqlite import connect
from tests.databases import migrated_sqlite, on_sqlite
from tests.matrix.asking import CASES, address, ask
from tests.scene import OPERATIONS, Scene

pytestmark = pytest.mark.thorough


@on_sqlite
async def test_no_other_origin_is_let_in(scene: Scene) -> None:
    """`ask` holds every answer of these tests to what `asking.check_headers` says; here with one origin or another."""
    for case, origin in zip(CASES, cycle(["https://elsewhere.example", "null"]), strict=False):
        request = await OPERATIONS[case.name](scene)
        await ask(scene, request.person, request, {"Origin": origin, **(request.headers or {})})
        asks_first = {"Origin": origin, "Access-Control-Request-Method": request.method}
        answer = await scene.world.api.client.options(address(request.path), headers=asks_first)
        assert (answer.status_code, request.method in answer.headers["allow"].split(", ")) == (204, True)
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_what_has_not_changed_is_not_kept_either(scene: Scene) -> None:
    request = await OPERATIONS["read_note (unchanged)"](scene)
    answer = await ask(scene, request.person, request, request.headers)
    assert (answer.status_code, answer.headers["cache-control"]) == (304, "no-store")


def test_a_new_database_has_no_account(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    migrated_sqlite(path)
    connection = connect(path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608  names of our tables
    connection.close()
    assert {name for name, rows in counts.items() if rows} == {"alembic_version"}
    assert "accounts" in counts
