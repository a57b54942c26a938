"""Is the process alive, and can it serve?"""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import String, column, select, table

from integration_api import __version__
from integration_api.access.operations import Operation
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.storage.database import Database, DatabaseDown, DatabaseUnfit
from integration_api.storage.migrations import is_newer, latest_revision, may_serve, why_not_migratable
from integration_api.storage.statements import Read, Scope
from integration_api.web.errors import Unavailable
from integration_api.web.schemas import ReadSchema, Schema

_NO_TABLE = frozenset({"SQLITE_ERROR", "42P01"})
"""Each database's name for a table that is not there."""
LIVE, READY = "/health/live", "/health/ready"

READ_LIVENESS = Operation("health:read_live", None, is_public=True)
READ_READINESS = Operation("health:read_ready", None, is_public=True)
READ_VERSION = Operation("version:read", None, is_public=True)

router = APIRouter(tags=["health"], route_class=ActionRoute)


class Revision(Schema):
    """The revision a database is at."""

    revision: str


_revisions = table("alembic_version", column("version_num", String()))

READ_REVISION = Read(
    "read_revision",
    select(_revisions.c.version_num.label("revision")),
    Revision,
    Scope.SYSTEM,
    "reads the migration table only",
)


class ServesFrom(Schema):
    """The oldest revision whose servers may go on at the one that a database is at."""

    serves_from: str | None


READ_SERVES_FROM = Read(
    "read_serves_from",
    select(table("alembic_version", column("serves_from", String())).c.serves_from),
    ServesFrom,
    Scope.SYSTEM,
    "reads the migration table only; asked of a newer database alone, for older ones may not have it",
)


class Health(ReadSchema):
    """Whether it is well."""

    status: str = Field(description="`ok`, or the answer is a 503.", examples=["ok"])


class Version(ReadSchema):
    """The version that is running."""

    version: str = Field(description="Version of the program.", examples=["0.1.0"])
    revision: str = Field(description="Revision of the database schema that it needs.", examples=["2026_11_28_01"])


class NotAtHead(Exception):
    """The database is not at the revision this program needs; the message says the command."""


async def check_revision(database: Database) -> None:
    """Refuse a database that this program cannot serve.

    A newer one is taken if its migrations say that servers like this one may go on. Raises NotAtHead if migrating
    helps, DatabaseUnfit if it does not, DatabaseDown.
    """
    try:
        found = await database.one(READ_REVISION, {})
    except DatabaseDown as error:
        if error.reason not in _NO_TABLE:
            raise
        msg = "The database has no tables yet; run `python -m integration_api migrate`."
        raise NotAtHead(msg) from error
    if found is not None and is_newer(found.revision):
        told = await database.one(READ_SERVES_FROM, {})
        if may_serve(found.revision, told.serves_from if told else None):
            logs.event("database_newer", logs.WARNING, revision=found.revision, program=latest_revision())
            return
    if found is not None and (why := why_not_migratable(found.revision)):
        raise DatabaseUnfit(why)
    if found is None or found.revision != latest_revision():
        msg = f"The database is not at revision {latest_revision()}; run `python -m integration_api migrate`."
        raise NotAtHead(msg)


def _why_not_ready(found: Revision | None) -> str:
    if found is not None and is_newer(found.revision):
        return "The database is newer than this program, which cannot serve it; run the program it is for."
    if found is not None and why_not_migratable(found.revision):
        return "The database is at a revision that this program does not know; run the program it is for."
    return "The database is older than this program; run `integration-api migrate`."


@router.get(LIVE)
async def read_liveness(_work: Annotated[Work, allow(READ_LIVENESS)]) -> Health:
    """Confirm that the process responds."""
    return Health(status="ok")


@router.get(READY)
async def read_readiness(work: Annotated[Work, allow(READ_READINESS)]) -> Health:
    """Confirm that the database is reachable and fits this program, and that the master key is readable.

    A newer database fits if its migrations say that older servers may go on.
    """
    found = await work.one(READ_REVISION)
    if found is None or found.revision != latest_revision():
        told = await work.one(READ_SERVES_FROM) if found and is_newer(found.revision) else None
        if found is None or not may_serve(found.revision, told.serves_from if told else None):
            raise Unavailable(_why_not_ready(found))
    work.runtime.vault.derive("readiness")
    return Health(status="ok")


@router.get("/version")
async def read_version(_work: Annotated[Work, allow(READ_VERSION)]) -> Version:
    """Tell which version is running."""
    return Version(version=__version__, revision=latest_revision())
