"""The clinic's Statements."""

from collections.abc import Iterator
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_clinic
from integration_api.access.countries import CountryOfClinic
from integration_api.access.prose import POLICY
from integration_api.access.tables import AccountState, AccountTable, ClinicTable, TenantRow
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.schemas import ClinicUpdate
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param
from integration_api.storage.tables import table_of

_clinics, _accounts = table_of(ClinicTable), table_of(AccountTable)

READ_CLINIC = Read(
    "read_clinic", sa.select(_clinics).where(in_clinic(_clinics), actor_is_current()), TenantRow, Scope.CLINIC
)


class Owner(BaseModel):
    """An account that is to own the clinic."""

    id: UUID
    state: AccountState
    roles: list[str]


READ_OWNER = Read(
    "read_owner",
    sa.select(_accounts.c.id, _accounts.c.state, _accounts.c.roles).where(
        in_clinic(_accounts),
        actor_is_current(),
        _accounts.c.id == param("id", _accounts.c.id),
    ),
    Owner,
    Scope.CLINIC,
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
        {c.name: param(c.name, c) for c in _clinics.c if c.name in ClinicUpdate.model_fields}
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


CLINIC_BY_ID = Read(
    "clinic_by_id",
    sa.select(_clinics).where(_clinics.c.clinic_id == param("clinic_id", _clinics.c.clinic_id)),
    TenantRow,
    Scope.SYSTEM,
    "run by the command line",
)


READ_COUNTRY = Read(
    "read_country",
    sa.select(_clinics.c.clinic_id, _clinics.c.country).where(
        _clinics.c.clinic_id == param("clinic_id", _clinics.c.clinic_id)
    ),
    CountryOfClinic,
    Scope.SYSTEM,
    "tells crisis lines to whoever holds an access token of the clinic, even an expired one",
)


def _between(before: TenantRow | None, after: TenantRow | None) -> Iterator[Changed]:
    """Yield the staff if a policy decides anew who reads notes and reflections: they begin anew."""
    if before is None or after is None:
        return
    if policy(before.policies, POLICY) != policy(after.policies, POLICY):
        yield Changed("audience", after.id, Channel.STAFF)


declare(ClinicTable, of_clinic("clinic"), between=_between)
