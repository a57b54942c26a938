"""The countries of all clinics, which a process knows by heart: whom to call if the database is away."""

from contextlib import suppress
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.runtime import MAX_COUNTRIES, Runtime
from integration_api.access.tables import ClinicTable
from integration_api.storage.database import DatabaseDown
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_clinics = table_of(ClinicTable)


class CountryOfClinic(BaseModel):
    """The country of a clinic."""

    clinic_id: UUID
    country: str


LIST_COUNTRIES = Read(
    "list_countries",
    sa.select(_clinics.c.clinic_id, _clinics.c.country)
    .where(_clinics.c.clinic_id > param("after_id", _clinics.c.clinic_id))
    .order_by(_clinics.c.clinic_id)
    .limit(MAX_COUNTRIES),
    CountryOfClinic,
    Scope.SYSTEM,
    "read once by each process when it starts",
)


async def remember_countries(runtime: Runtime) -> None:
    """Remember the country of each clinic, when a process starts. Without the database it starts all the same."""
    with suppress(DatabaseDown):
        for row in await runtime.database.all(LIST_COUNTRIES, {"after_id": UUID(int=0)}):
            runtime.remember_country(row.clinic_id, row.country)
