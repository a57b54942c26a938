"""What drills work on: a server of their own, and a clinic in it whose people are signed in."""

import asyncio
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr

from integration_api.app import create_app
from integration_api.settings import Settings
from tests.applications import MASTER_KEY
from tests.databases import migrated_postgres, migrated_sqlite
from tests.drills.load import request
from tests.factories.reflections import draft
from tests.serving import Server, environment
from tests.support import Api, Person, SettableClock, World, account_for, sign_in_anew

TEXT = "The lake was completely still, and so was I. " * 12


@dataclass
class Writer:
    """A patient, by what a request needs of them."""

    token: str
    reflections: list[str]


@dataclass
class Clinic:
    """A clinic on a database, and a server for it that is not started."""

    settings: Settings
    server: Server
    therapist: str
    writers: list[Writer]
    tokens: list[str]
    """One of each sign-in of a patient."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database itself holds."""
        if self.settings.database_url is not None:
            return asyncio.run(_rows(self.settings.database_url.get_secret_value(), sql))
        connection = sqlite3.connect(self.settings.sqlite_path)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def ids(self, sql: str) -> set[UUID]:
        """A column of ids."""
        return {value if isinstance(value, UUID) else UUID(value) for (value,) in self.rows(sql) if value is not None}

    def mix(self) -> Callable[[], bytes]:
        """Requests as they come in a day: of ten, six read an entry, two list, two write one."""
        chance = random.Random(7)

        def make() -> bytes:
            writer, kind = chance.choice(self.writers), chance.random()
            if kind < 0.6:
                return request("GET", f"/reflections/{chance.choice(writer.reflections)}", writer.token)
            if kind < 0.8:
                return request("GET", "/reflections?limit=25", writer.token)
            return request("POST", "/reflections", writer.token, {"text": TEXT}, key=uuid4().hex)

        return make


async def _rows(url: str, sql: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


@contextmanager
def clinic(postgres: str | None, sign_ins: int = 1, **env: str) -> Iterator[Clinic]:
    """A clinic on a new database: of the server at `postgres`, or of SQLite. Each patient has so many sign-ins."""
    folder = Path(tempfile.mkdtemp(prefix="drill"))
    url = asyncio.run(migrated_postgres(postgres)) if postgres else None
    if url is None:
        migrated_sqlite(folder / "journal.sqlite3")
    settings = Settings(
        data_dir=folder,
        database_url=SecretStr(url) if url else None,
        master_key=MASTER_KEY,
        argon2_memory_kib=8192,
        postgres_apply=os.environ.get("TEST_POSTGRES_APPLY", "statement"),
    )
    env = {
        "INTEGRATION_API_MASTER_KEY": MASTER_KEY.get_secret_value(),
        "INTEGRATION_API_POSTGRES_APPLY": settings.postgres_apply,
        "INTEGRATION_API_LOG_LEVEL": "warning",
        **env,
    }
    server = Server(environment(folder, url, **env))
    try:
        therapist, writers, tokens = asyncio.run(_people(settings, sign_ins))
        yield Clinic(settings, server, therapist.token, writers, tokens)
    finally:
        if server.process is not None:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _people(settings: Settings, sign_ins: int) -> tuple[Person, list[Writer], list[str]]:
    clock = SettableClock()
    app = create_app(settings, clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://drill") as client,
    ):
        world = await World.build(Api(app, client, clock))
        read = await world.admin.get("/clinic")  # a drill walks through more charts than a person may
        await world.admin.patch("/clinic", {"policies": {"charts_per_ten_minutes": 0}}, read["version"])
        therapist = await world.therapist()
        writers, tokens = [], []
        await account_for(world.admin, therapist)
        for _ in range(8):
            patient = await world.patient_of(therapist)
            await account_for(patient)
            made = [await draft(patient, text=TEXT) for _ in range(5)]
            writers.append(Writer(patient.token, [entry["id"] for entry in made]))
            tokens.append(patient.token)
            for _ in range(1, sign_ins):
                await sign_in_anew(patient)
                tokens.append(patient.token)
    return therapist, writers, tokens
