"""The benchmark's database is the product's: what `benchmarks.seed` makes, the product reads."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from benchmarks.filling import PostgresFilling, SqliteFilling
from benchmarks.seed import seed
from benchmarks.targets import People, Target, drafts, people, targets
from benchmarks.world import MASTER_KEY_TEXT
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from integration_api.app import create_app
from integration_api.settings import Settings
from tests.databases import new_postgres_database

pytestmark = pytest.mark.thorough

ROWS = 2_000


async def on_postgres(url: str) -> tuple[People, list[Target]]:
    """A seeded PostgreSQL, and a draft to hand in."""
    filling = PostgresFilling(url)
    await filling.open()
    await seed(filling, ROWS, 7)
    await filling.connect()
    connection = await asyncpg.connect(url)
    who = await people(connection.fetch)
    made = await drafts(filling, who, 1, 7)
    await connection.close()
    await filling.close()
    return who, made


async def on_sqlite(path: Path) -> tuple[People, list[Target]]:
    """A seeded file."""
    await seed(SqliteFilling(path), ROWS, 7)
    file = sqlite3.connect(path)

    async def fetch(sql: str) -> Sequence[Sequence[Any]]:
        return file.execute(sql).fetchall()

    who = await people(fetch, is_sqlite=True)
    file.close()
    return who, []


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
async def test_the_product_reads_what_the_seed_made(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = None
    if kind == "postgresql":
        url = await new_postgres_database(request.getfixturevalue("postgres_url"))
        who, made = await on_postgres(url)
    else:
        who, made = await on_sqlite(tmp_path / "journal.sqlite3")
    settings = Settings(
        data_dir=tmp_path, database_url=SecretStr(url) if url else None, master_key=SecretStr(MASTER_KEY_TEXT)
    )
    app = create_app(settings)
    async with app.router.lifespan_context(app), AsyncClient(transport=ASGITransport(app), base_url="http://t") as api:
        for target in made:
            assert (await ask(api, target))["sharing"] == "shared"
        read = await ask(api, targets("W2", who)[0])
        assert read["state"] == "submitted"
        assert sum(len(answer["text"]) for answer in read["answers"]) > 1_900
        assert read["monitoring"]["crisis_resources"]
        page = await ask(api, targets("W3", who)[0])
        assert len(page["items"]) == ROWS / len(who.patients)
        worklists = [await ask(api, target) for target in targets("W4", who)[:20]]
        assert any(work["items"] for work in worklists)
        assert all(work["waiting"] == len(work["items"]) for work in worklists)
        assert (await ask(api, targets("W1", who)[0]))["state"] == "draft"


async def ask(api: AsyncClient, target: Target) -> Any:
    """The answer to a target, which is never a refusal."""
    headers = {"Authorization": f"Bearer {target.token}"}
    if target.if_match != "-":
        headers["If-Match"] = target.if_match
    body = json.loads(target.body) if target.body != "-" else None
    answer = await api.request(target.method, target.path, headers=headers, json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()
