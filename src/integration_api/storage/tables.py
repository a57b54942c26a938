"""The base of every table: keys, times, versions, names of constraints, and the column types.

A table is two classes. `class NoteRow(VersionedRow)` names the columns; Statements return its instances.
`class NoteTable(NoteRow, table=True)` binds them to the database, with constraints.
"""

import json
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class EncryptedText(TypeDecorator[str]):
    """Text that the database never sees: encrypted before it is bound, decrypted after it is read (see `vault`)."""

    impl = sa.LargeBinary
    cache_ok = True

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:  # noqa: ARG002, ANN401
        """Keep the type: ciphertext is never compared, and is bound as bytes."""
        return self


class EncryptedJson(EncryptedText):
    """A JSON value that the database never sees."""

    cache_ok = True


class JsonText(TypeDecorator[Any]):
    """A small JSON value without anything personal in it, kept as text: the same on both databases."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002, ANN401
        """Write compact JSON with sorted keys, so that equal values are equal texts."""
        return None if value is None else json.dumps(value, separators=(",", ":"), sort_keys=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002, ANN401
        """Return the value that was stored."""
        return None if value is None else json.loads(value)


def enum_type(members: type[StrEnum]) -> type[TypeEngine[Any]]:
    """Return a column type for these members: VARCHAR(32) with a named CHECK, on both databases."""
    name = "".join("_" + c.lower() if c.isupper() else c for c in members.__name__).lstrip("_")
    made = sa.Enum(
        members,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda cls: [member.value for member in cls],
        validate_strings=True,
        name=name,
    )
    return cast(type[TypeEngine[Any]], made)


class ClinicRow(SQLModel):
    """A row that belongs to one clinic. The clinic is part of every key."""

    clinic_id: UUID = Field(primary_key=True)
    id: UUID = Field(primary_key=True)


class VersionedRow(ClinicRow):
    """A row that changes: every change guards on `version` and adds one to it."""

    created_at: datetime
    updated_at: datetime
    version: int = 1


class VaultKeyRow(ClinicRow):
    """The data key of one owner (a person, or the clinic itself: then `id` is the clinic's), wrapped."""

    wrapped_key: bytes
    created_at: datetime


class VaultKeyTable(VaultKeyRow, table=True):
    """The wrapped data keys. Deleting a row makes every text under that key unreadable."""

    __tablename__ = "vault_keys"
    __table_args__ = (sa.Index("ix_vault_keys_wrapped_key", "wrapped_key"),)


def table_of(model: type[SQLModel]) -> sa.Table:
    """Return the Core table behind a `table=True` class."""
    return cast(sa.Table, getattr(model, "__table__"))  # noqa: B009  the attribute is SQLAlchemy's, unknown to types


def key_owner(table: sa.Table) -> str:
    """Return the column that names the owner of the key for this table's text: `info["key_owner"]`, or `clinic_id`."""
    return str(table.info.get("key_owner", "clinic_id"))


def encrypted_columns(table: sa.Table) -> tuple[str, ...]:
    """Return the names of the encrypted columns."""
    return tuple(column.name for column in table.c if isinstance(column.type, EncryptedText))


def bound_columns(table: sa.Table) -> tuple[str, ...]:
    """Return the columns that this table's text is bound to besides id, owner and version: `info["bound"]`.

    Text does not decrypt if one of them was changed in the database. An UPDATE of one encrypts the text anew.
    """
    return tuple(table.info.get("bound", ()))
