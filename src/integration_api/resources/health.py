"""Is the process alive, and can it serve?"""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlalchemy import String, column, select, table

from integration_api import __version__
from integration_api.access.operations import Operation
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.storage.migrations import latest_revision, why_not_migratable
from integration_api.storage.statements import Read, Scope
from integration_api.web.errors import Unavailable
from integration_api.web.schemas import ReadSchema, Schema

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


class Health(ReadSchema):
    """Whether it is well."""

    status: str = Field(description="`ok`, or the answer is a 503.", examples=["ok"])


class Version(ReadSchema):
    """The version that is running."""

    version: str = Field(description="Version of the program.", examples=["0.1.0"])
    revision: str = Field(description="Revision of the database schema that it needs.", examples=["2026_11_28_01"])


@router.get(LIVE)
async def read_liveness(_work: Annotated[Work, allow(READ_LIVENESS)]) -> Health:
    """Confirm that the process responds."""
    return Health(status="ok")


@router.get(READY)
async def read_readiness(work: Annotated[Work, allow(READ_READINESS)]) -> Health:
    """Confirm that the database is reachable and up to date, and that the master key is readable."""
    found = await work.one(READ_REVISION)
    if found is not None and why_not_migratable(found.revision):
        raise Unavailable("The database is at a revision that this program does not know; run the program it is for.")
    if found is None or found.revision != latest_revision():
        raise Unavailable("The database is not at the revision this program needs; run `integration-api migrate`.")
    work.runtime.vault.derive("readiness")
    return Health(status="ok")


@router.get("/version")
async def read_version(_work: Annotated[Work, allow(READ_VERSION)]) -> Version:
    """Tell which version is running."""
    return Version(version=__version__, revision=latest_revision())
