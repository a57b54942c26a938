"""The recipe of docs/backup.md for PostgreSQL, as it stands there, on real servers."""

import asyncio
import os
import re
import shlex
from pathlib import Path
from uuid import uuid4

import asyncpg
from pydantic import SecretStr

from integration_api.app import sealer_of
from integration_api.settings import Settings
from tests.applications import application, settings_of
from tests.databases import migrated_postgres, new_postgres_database
from tests.ledger.test_commands import run as run_ours
from tests.processes import ROOT, run
from tests.support import World, account_for
from tests.wheel import programs

RECIPE = re.findall(r"```\n(.*?)```", (ROOT / "docs" / "backup.md").read_text("utf-8"), re.DOTALL)
LINES = [line for block in RECIPE for line in block.splitlines() if line.startswith(("pg_", "createdb"))]


def follow(line: str, folder: Path, name: str, urls: dict[str, str]) -> int:
    """Run one line of the recipe with these URLs, its files in this folder; its exit code."""
    words = shlex.split(line)
    for variable, url in urls.items():
        words = [word.replace(f"${variable}", url) for word in words]
    words = [
        word.replace("journal_restored", name).replace("journal.dump", str(folder / "journal.dump")) for word in words
    ]
    return run("program", [str(programs() / words[0]), *words[1:]], os.environ).returncode


async def _follow(lines: list[str], folder: Path, name: str, urls: dict[str, str]) -> list[int]:
    return [await asyncio.to_thread(follow, line, folder, name, urls) for line in lines]


def test_the_recipe_has_its_three_lines() -> None:
    assert [line.split()[0] for line in LINES] == ["pg_dump", "createdb", "pg_restore"]


async def test_the_recipe_restores_a_ledger_that_verifies_and_texts_that_open(
    postgres_url: str, tmp_path: Path
) -> None:
    settings = settings_of(tmp_path, await migrated_postgres(postgres_url))
    heads, later = tmp_path / "heads.json", tmp_path / "later.json"
    name = f"t{uuid4().hex}"
    assert settings.database_url is not None
    urls = {
        "SOURCE_URL": settings.database_url.get_secret_value(),
        "SERVER_URL": postgres_url,
        "RESTORED_URL": postgres_url.replace("/postgres?", f"/{name}?"),
    }
    async with application(settings) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        patient = await world.patient_of(therapist)
        await account_for(world.admin, therapist, patient)
        made = await patient.post("/reflections", {"text": "The lake was still."})
        await sealer_of(api.runtime).seal(world.clinic_id)
        assert (await run_ours(settings, "ledger", "heads", "--out", str(heads)))[0] == 0
        assert await _follow(LINES, tmp_path, name, urls) == [0, 0, 0]
        await patient.post("/reflections", {"text": "after the backup"})
        await sealer_of(api.runtime).seal(world.clinic_id)
        assert (await run_ours(settings, "ledger", "heads", "--out", str(later)))[0] == 0
    restored = settings.model_copy(update={"database_url": SecretStr(urls["RESTORED_URL"])})
    assert (await run_ours(restored, "ledger", "verify", "--head", str(heads)))[0] == 0
    code, said = await run_ours(restored, "ledger", "verify", "--head", str(later))
    assert (code, "its end was cut off" in said) == (3, True)
    await _is_served(restored, patient.token, made["id"])


async def _is_served(settings: Settings, token: str, reflection_id: str) -> None:
    async with application(settings) as api:
        answer = await api.send("GET", f"/reflections/{reflection_id}", headers={"Authorization": f"Bearer {token}"})
        assert answer.json()["text"] == "The lake was still."


async def test_a_dump_is_not_restored_into_a_migrated_database(postgres_url: str, tmp_path: Path) -> None:
    source, target = await migrated_postgres(postgres_url), await migrated_postgres(postgres_url)
    urls = {"SOURCE_URL": source, "RESTORED_URL": target}
    dump, _, restore = LINES
    assert await _follow([dump], tmp_path, "", urls) == [0]
    [code] = await _follow([restore], tmp_path, "", urls)
    assert code != 0
    urls["RESTORED_URL"] = await new_postgres_database(postgres_url)
    assert await _follow([restore], tmp_path, "", urls) == [0]


async def test_what_protects_the_tables_is_in_the_dump(postgres_url: str, tmp_path: Path) -> None:
    source, target = await migrated_postgres(postgres_url), await new_postgres_database(postgres_url)
    dump, _, restore = LINES
    assert await _follow([dump, restore], tmp_path, "", {"SOURCE_URL": source, "RESTORED_URL": target}) == [0, 0]
    found = await _constraints(source)
    assert len(found) > 100
    assert found == await _constraints(target)


async def _constraints(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT conname::text AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
        "UNION ALL SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"
    )
    await connection.close()
    return [row["name"] for row in rows]
