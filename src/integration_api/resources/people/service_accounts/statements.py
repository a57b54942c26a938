"""Statements of service accounts. The account's own row is written by the Statements of accounts."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountRow, AccountState, AccountTable
from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic, insert_for_clinic
from integration_api.resources.people.service_accounts.tables import ServiceSecretTable
from integration_api.storage.statements import Change, Read, Scope, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_accounts, _secrets = table_of(AccountTable), table_of(ServiceSecretTable)
_is_same = sa.and_(_secrets.c.clinic_id == _accounts.c.clinic_id, _secrets.c.id == _accounts.c.id)


class ServiceAccountRow(AccountRow):
    """The account, and until when the secret before the current one works."""

    previous_ends_at: datetime | None


class SecretOfService(BaseModel):
    """The digests that a program's secret is compared with, and what its account may do."""

    id: UUID
    secret_digest: bytes
    previous_digest: bytes | None
    previous_ends_at: datetime | None
    epoch: int
    roles: list[str]
    scopes: list[str] | None


_of_clinic = clinic_rows(AccountTable, _secrets.c.previous_ends_at).join(_secrets, _is_same).where(in_clinic(_secrets))

LIST_SERVICE_ACCOUNTS = Read(
    "list_service_accounts",
    newest_first(_of_clinic, _secrets.c.created_at, _secrets.c.id),
    ServiceAccountRow,
    Scope.CLINIC,
)

READ_SERVICE_ACCOUNT = Read(
    "read_service_account",
    _of_clinic.where(_accounts.c.id == param("id", _accounts.c.id)),
    ServiceAccountRow,
    Scope.CLINIC,
)

INSERT_SECRET = Change("insert_service_secret", insert_for_clinic(ServiceSecretTable), Scope.CLINIC)

ROTATE_SECRET = Change(
    "rotate_service_secret",
    sa.update(_secrets)
    .where(in_clinic(_secrets), actor_is_current(), _secrets.c.id == param("id", _secrets.c.id))
    .values(
        previous_digest=_secrets.c.secret_digest,
        previous_ends_at=param("previous_ends_at", _secrets.c.previous_ends_at),
        secret_digest=param("secret_digest", _secrets.c.secret_digest),
    ),
    Scope.CLINIC,
)

SECRET_OF_SERVICE = Read(
    "secret_of_service",
    sa.select(
        _secrets.c.id,
        _secrets.c.secret_digest,
        _secrets.c.previous_digest,
        _secrets.c.previous_ends_at,
        _accounts.c.epoch,
        _accounts.c.roles,
        _accounts.c.scopes,
    )
    .join(_accounts, _is_same)
    .where(
        row_key(_secrets),
        _accounts.c.state == AccountState.ACTIVE,
    ),
    SecretOfService,
    Scope.SYSTEM,
    "a program signs in: its secret names the row and proves itself",
)
