"""The clinic's Statements."""

import sqlalchemy as sa

from integration_api.access.tables import ClinicTable, TenantRow
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param
from integration_api.storage.tables import table_of

_clinics = table_of(ClinicTable)

READ_CLINIC = Read(
    "read_clinic", sa.select(_clinics).where(in_clinic(_clinics), actor_is_current()), TenantRow, Scope.CLINIC
)

UPDATE_CLINIC = Change(
    "update_clinic",
    sa.update(_clinics)
    .where(
        in_clinic(_clinics),
        actor_is_current(),
        _clinics.c.version == param("expected_version", _clinics.c.version),
    )
    .values(
        {
            c.name: param(c.name, c)
            for c in _clinics.c
            if c.name in ("name", "time_zone", "country", "hours", "policies")
        }
        | {"updated_at": param("now", _clinics.c.updated_at), "version": _clinics.c.version + 1}
    ),
    Scope.CLINIC,
)

INSERT_CLINIC = Change(
    "insert_clinic",
    insert_rows(ClinicTable),
    Scope.SYSTEM,
    "run by the command line, before anybody can sign in",
)

CLINIC_BY_SLUG = Read(
    "clinic_by_slug",
    sa.select(_clinics).where(_clinics.c.slug == param("slug", _clinics.c.slug)),
    TenantRow,
    Scope.SYSTEM,
    "run by the command line",
)
