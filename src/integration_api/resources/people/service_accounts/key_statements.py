"""Statements of the public keys of service accounts."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.binding_check import Check
from integration_api.access.bindings import BOUND_ACCOUNT, COVERED, BoundAccount
from integration_api.access.tables import AccountState, AccountTable
from integration_api.access.visible import actor_is_current, in_clinic, insert_for_clinic
from integration_api.resources.people.service_accounts.tables import ServiceKeysRow, ServiceKeysTable
from integration_api.storage.statements import Change, Read, Scope, param, row_key
from integration_api.storage.tables import table_of

_accounts, _keys = table_of(AccountTable), table_of(ServiceKeysTable)
CHECK_SERVICE_KEYS = Check(ServiceKeysTable)

READ_SERVICE_KEYS = Read(
    "read_service_keys",
    sa.select(*_keys.c).where(in_clinic(_keys), actor_is_current(), _keys.c.id == param("id", _keys.c.id)),
    ServiceKeysRow,
    Scope.CLINIC,
)
INSERT_SERVICE_KEYS = Change("insert_service_keys", insert_for_clinic(ServiceKeysTable), Scope.CLINIC)
UPDATE_SERVICE_KEYS = Change(
    "update_service_keys",
    sa.update(_keys)
    .where(
        in_clinic(_keys),
        actor_is_current(),
        _keys.c.id == param("id", _keys.c.id),
        _keys.c.binding == param("binding_before", _keys.c.binding),
    )
    .values({name: param(name, _keys.c[name]) for name in (*COVERED["service_keys"], "binding")}),
    Scope.CLINIC,
)


class _WithKeys(BaseModel):
    """The public keys of an account."""

    clinic_id: UUID
    id: UUID
    key_texts: list[str]
    keys_binding: bytes

    @property
    def keys(self) -> dict[str, object]:
        """Return the facts of the keys that their binding covers."""
        return {
            "clinic_id": self.clinic_id,
            "id": self.id,
            "key_texts": self.key_texts,
            "binding": self.keys_binding,
        }


class KeysOfService(BoundAccount, _WithKeys):
    """The keys that a program's signature is checked with, and the account."""


KEYS_OF_SERVICE = Read(
    "keys_of_service",
    sa.select(*BOUND_ACCOUNT, _keys.c.key_texts, _keys.c.binding.label("keys_binding"))
    .select_from(_keys)
    .join(_accounts, sa.and_(_keys.c.clinic_id == _accounts.c.clinic_id, _keys.c.id == _accounts.c.id))
    .where(row_key(_keys), _accounts.c.state == AccountState.ACTIVE),
    KeysOfService,
    Scope.SYSTEM,
    "a program signs in: its client id names the row, and its signature proves itself",
)
