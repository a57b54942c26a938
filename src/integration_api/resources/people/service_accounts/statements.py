"""Statements of service accounts. The account's own row is written by the Statements of accounts."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.binding_check import Check
from integration_api.access.bindings import BOUND_ACCOUNT, COVERED, BoundAccount
from integration_api.access.tables import AccountRow, AccountState, AccountTable
from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic, insert_for_clinic
from integration_api.resources.people.service_accounts.tables import BulkExportTable, ExportState, ServiceSecretTable
from integration_api.storage.statements import Change, Read, Scope, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_accounts, _secrets = table_of(AccountTable), table_of(ServiceSecretTable)
CHECK_SECRETS = Check(ServiceSecretTable)
_is_same = sa.and_(_secrets.c.clinic_id == _accounts.c.clinic_id, _secrets.c.id == _accounts.c.id)


class _WithSecret(BaseModel):
    """The digests of an account's secrets."""

    clinic_id: UUID
    id: UUID
    secret_digest: bytes
    previous_digest: bytes | None
    previous_ends_at: datetime | None
    secret_binding: bytes

    @property
    def secret(self) -> dict[str, object]:
        """Return the facts of the secrets that its binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.id,
            "secret_digest": self.secret_digest,
            "previous_digest": self.previous_digest,
            "previous_ends_at": self.previous_ends_at,
            "binding": self.secret_binding,
        }


class ServiceAccountRow(AccountRow, _WithSecret):
    """The account, and its secrets as digests."""


class SecretOfService(BoundAccount, _WithSecret):
    """The digests that a program's secret is compared with, and the account."""


_SECRETS = (
    *(_secrets.c[name] for name in ("secret_digest", "previous_digest", "previous_ends_at")),
    _secrets.c.binding.label("secret_binding"),
)
_of_clinic = clinic_rows(AccountTable, *_SECRETS).join(_secrets, _is_same).where(in_clinic(_secrets))

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
    .values({name: param(name, _secrets.c[name]) for name in (*COVERED["service_accounts"], "binding")}),
    Scope.CLINIC,
)

SECRET_OF_SERVICE = Read(
    "secret_of_service",
    sa.select(*BOUND_ACCOUNT, *_SECRETS)
    .select_from(_secrets)
    .join(_accounts, _is_same)
    .where(
        row_key(_secrets),
        _accounts.c.state == AccountState.ACTIVE,
    ),
    SecretOfService,
    Scope.SYSTEM,
    "a program signs in: its secret names the row and proves itself",
)
_bulk = table_of(BulkExportTable)
_now = param("now", _bulk.c.due_at)


def ended_export_values() -> dict[str, Any]:
    """Return the values of a bulk export that ends now, whatever has come of it."""
    ended = dict.fromkeys(("ready_at", "expires_at", "due_at", "updated_at"), _now)
    return {**ended, "state": ExportState.READY, "version": _bulk.c.version + 1}


END_BULK_EXPORTS_OF_CLINIC = Change(
    "end_bulk_exports_of_clinic",
    sa.update(_bulk)
    .where(in_clinic(_bulk), actor_is_current(), _bulk.c.due_at.is_not(None))
    .values(ended_export_values()),
    Scope.CLINIC,
)
"""A chart is erased: whatever has a copy of it, or may get one, is over. The job takes the files away.

What is being made, or is ready, is due some time; nothing else is.
"""
