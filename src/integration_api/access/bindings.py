"""Bindings: keyed digests that tie a row that decides access to its place, its account and its content.

Somebody who can write to the database, but has no key, cannot make one. A row that was moved, edited or inserted by
hand does not have the binding of its content, and lets nobody in. See `docs/adr/0028`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final, TypeVar
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.tables import AccountState, AccountTable
from integration_api.core.canonical import canonical
from integration_api.storage.tables import table_of

Row = TypeVar("Row", bound=BaseModel)
Facts = BaseModel | Mapping[str, object]
"""A row, or what is known of one, by column."""

COVERED: Mapping[str, tuple[str, ...]] = {
    "accounts": ("epoch", "state", "roles", "patient_id", "scopes", "supervised_by", "successor_id", "password_hash"),
    "calendars": ("epoch", "secret_digest"),
    "care_team": ("version", "patient_id", "account_id", "role", "basis", "started_at", "ends_at", "ended_at"),
    "emergency_accesses": ("version", "patient_id", "account_id", "ends_at", "ordinal", "outcome", "bar_lifted_at"),
    "external_identities": ("subject_index",),
    "factors": ("account_id", "kind", "credential_id", "public_key"),
    "invitations": ("account_id", "is_reset", "code_digest"),
    "reading_tokens": ("account_id", "sign_in_id", "action", "digest"),
    "service_keys": ("key_texts",),
    "service_accounts": ("secret_digest", "previous_digest", "previous_ends_at"),
    "support_tokens": ("patient_id", "session_id", "digest", "expires_at"),
    "sign_ins": ("account_id", "is_strong", "proved_at"),
}
"""The columns that a binding covers, besides table, clinic and id.

An authenticator's secret is not among them: it is encrypted for the id of its row, and the binding covers that.
"""
STATES: Mapping[str, tuple[int, str]] = {
    "accounts": (1, "epoch"),
    "care_team": (2, "version"),
    "emergency_accesses": (3, "version"),
}
"""Tables whose changes the ledger accounts for: a kind, and the column that counts the changes.

A binding of theirs is the kind (1 byte), the count (7 bytes, big-endian), and 24 bytes of the keyed digest. So the
greatest one of a row, of all that the ledger holds, is the newest.
"""
_COUNT_BYTES: Final = 7
_DIGEST_BYTES: Final = 24
_accounts = table_of(AccountTable)


class BoundAccount(BaseModel):
    """The facts of an account that a binding covers: for Statements that find out who somebody is."""

    clinic_id: UUID
    id: UUID
    epoch: int
    state: AccountState
    roles: list[str]
    patient_id: UUID | None
    scopes: list[str] | None
    supervised_by: UUID | None
    successor_id: UUID | None
    password_hash: str | None
    binding: bytes


BOUND_ACCOUNT = tuple(_accounts.c[name] for name in BoundAccount.model_fields)
"""The columns of a BoundAccount."""


class Bindings:
    """Makes and checks bindings with a key derived from the root secret."""

    def __init__(self, key: bytes) -> None:
        """`key` is the same in every process, and not in the database."""
        self._key = key

    def of(self, table: str, row: Facts) -> bytes:
        """Return the binding of a row with this content: 32 bytes."""
        facts = [fact(row, name) for name in ("clinic_id", "id", *COVERED[table])]
        digest = hmac.new(self._key, canonical((table, *facts)), hashlib.sha256).digest()
        if table not in STATES:
            return digest
        kind, counter = STATES[table]
        count = int(str(fact(row, counter))) % 256**_COUNT_BYTES
        return bytes([kind]) + count.to_bytes(_COUNT_BYTES, "big") + digest[:_DIGEST_BYTES]

    def holds(self, table: str, row: Facts) -> bool:
        """Return whether a row has the binding of its content."""
        binding = fact(row, "binding")
        return isinstance(binding, bytes) and hmac.compare_digest(binding, self.of(table, row))

    def bound(self, table: str, row: Row) -> Row:
        """Return a new row with its binding."""
        return row.model_copy(update={"binding": self.of(table, row)})

    def renewed(self, table: str, before: Facts, changes: Mapping[str, Any]) -> dict[str, Any]:
        """Return these changes of a row, and its binding after them.

        If the row did not have the binding of its content before, it keeps the one that it has. So a change by the
        product never makes good what was edited by hand.
        """
        return {**changes, "binding": self._after(table, before, changes)}

    def _after(self, table: str, before: Facts, changes: Mapping[str, Any]) -> bytes:
        if not self.holds(table, before):
            kept = fact(before, "binding")
            return kept if isinstance(kept, bytes) else b""
        names = ("clinic_id", "id", *COVERED[table])
        return self.of(table, {**{name: fact(before, name) for name in names}, **changes})


def fact(row: Facts, name: str) -> object:
    """Return one column of a row."""
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


def state_range(table: str) -> tuple[bytes, bytes]:
    """Return the bounds between which the bindings of a table of STATES lie: from, and below."""
    kind, _ = STATES[table]
    return bytes([kind]), bytes([kind + 1])
