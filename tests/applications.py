"""Applications in this process: their settings, and one of a test's own."""

import base64
import math
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

from fastapi import APIRouter
from pydantic import SecretStr

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.storage.postgres import ApplyAs
from tests.asgi_client import Client
from tests.inline import answer_inline
from tests.support import Api, SettableClock
from tests.waiting import STUCK_SECONDS

MASTER_KEY = SecretStr(base64.b64encode(bytes(range(32))).decode())
APPLY_AS = cast(ApplyAs, os.environ.get("TEST_POSTGRES_APPLY", "statement"))
"""How the run's applications apply changes on PostgreSQL; `make test-transaction` takes the other way."""

_ARGON2_MEMORY_KIB = 64
"""Less than any setting may say: a test of passwords is about what is decided, not about what a guess costs."""


def settings_of(folder: Path, url: str | None = None) -> Settings:
    """A small application's settings."""
    made = Settings(
        data_dir=folder,
        database_url=SecretStr(url) if url else None,
        master_key=MASTER_KEY,
        postgres_connections=4,
        seal_seconds=0,
        webhook_seconds=0,
        export_seconds=0,
        flag_seconds=0,
        notification_seconds=0,
        push_contact="mailto:ops@example.org",
        database_wait_seconds=STUCK_SECONDS,
        oidc_issuer="https://id.example.org",  # nobody asks it: accounts are linked to it
        oidc_audience="tests",
        trusted_proxies=("127.0.0.1",),  # so that tests can come from somewhere: `Api.source`
    )
    return made.model_copy(update={"argon2_memory_kib": _ARGON2_MEMORY_KIB})


@asynccontextmanager
async def application(
    settings: Settings, clock: SettableClock | None = None, sandbox: APIRouter | None = None
) -> AsyncIterator[Api]:
    """An application, its clock set by the tests; by the same clock as another one, if one is given. Or a sandbox."""
    clock = clock or SettableClock()
    app = create_app(settings, clock, sandbox)
    async with (
        app.router.lifespan_context(app),
        Client(app) as client,
    ):
        answer_inline(app.state.runtime.database.driver)
        app.state.runtime.database.keys.keep_for(math.inf)  # how many reads a test counts hangs on no time
        yield Api(app, client, clock)
