"""SQLite alone: the program and its data may lie in a folder of any name."""

import shutil
from pathlib import Path

import pytest

from integration_api.app import open_database
from integration_api.demo.transfer import rows_of
from integration_api.resources.health import READ_REVISION
from integration_api.storage import migrations
from tests.applications import settings_of
from tests.serving import command, environment


@pytest.mark.parametrize("signs", ["a b", "100%", "50%25", "%(here)s", "who?", "one#two", "x&y=z", "a:b"])
async def test_data_and_program_may_lie_in_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signs: str
) -> None:
    scripts = shutil.copytree(migrations._SCRIPTS, tmp_path / signs / "alembic")
    monkeypatch.setattr(migrations, "_SCRIPTS", scripts)
    path = tmp_path / signs / "journal.sqlite3"
    migrations.migrate_sqlite(path)
    assert path.exists()
    async with open_database(settings_of(tmp_path / signs)) as database:
        found = await database.one(READ_REVISION, {})
    assert found is not None
    assert found.revision == migrations.latest_revision()
    assert rows_of(path)


def test_the_commands_take_such_a_folder(tmp_path: Path) -> None:
    env = environment(tmp_path / "a b%20?#c")
    assert command("migrate", env=env).returncode == 0
    assert command("keys", "status", env=env).returncode == 0
