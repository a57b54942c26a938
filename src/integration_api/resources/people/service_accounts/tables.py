"""The secrets and the public keys of service accounts, and the bulk exports that they ask for."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import ClinicRow, EncryptedText, JsonText, VersionedRow, enum_type


class ExportState(StrEnum):
    """The life of an export."""

    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class ExportFailure(StrEnum):
    """Why an export was not made."""

    SIGN_IN_ENDED = "sign_in_ended"
    """The sign-in that asked ended before it was ready, or the account changed."""
    NOT_POSSIBLE = "not_possible"


class ServiceSecretRow(ClinicRow):
    """The secret of a service account (`id` is the account's), as a digest; and the one before, while it still works.

    A secret has 256 random bits, so its plain digest cannot be guessed back.
    """

    created_at: datetime
    secret_digest: bytes
    previous_digest: bytes | None = None
    previous_ends_at: datetime | None = None
    binding: bytes = b""


class ServiceSecretTable(ServiceSecretRow, table=True):
    """One row a service account."""

    __tablename__ = "service_accounts"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_service_accounts_created_at", "clinic_id", "created_at", "id"),
    )


class ServiceKeysRow(ClinicRow):
    """The public keys by which a service account (`id` is the account's) signs: JWKs as JSON, or one https address."""

    created_at: datetime
    key_texts: list[str] = Field(sa_type=JsonText)
    binding: bytes = b""


class ServiceKeysTable(ServiceKeysRow, table=True):
    """At most one row a service account. Without keys it has none, or an empty list."""

    __tablename__ = "service_keys"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["service_accounts.clinic_id", "service_accounts.id"]),
    )


class BulkExportRow(VersionedRow):
    """A bulk export of FHIR for a program: which types it asked for, how far the job is, and until when it is kept."""

    account_id: UUID
    sign_in_id: UUID
    """The sign-in of the job alone: it lasts longer than that of a token, and ends with the export."""
    epoch: int
    kinds: list[str] = Field(sa_type=JsonText)
    is_of_patients: bool
    since: datetime | None = None
    state: ExportState = Field(sa_type=enum_type(ExportState))
    attempts: int = 0
    due_at: datetime | None = None
    place: str = Field(default="0.", max_length=120)
    """The number of the list that comes next, and its cursor: a process that takes over goes on there."""
    made_count: int = 0
    failure: ExportFailure | None = Field(default=None, sa_type=enum_type(ExportFailure))
    ready_at: datetime | None = None
    expires_at: datetime | None = None


class BulkExportTable(BulkExportRow, table=True):
    """Of one program, one at a time is made."""

    __tablename__ = "bulk_exports"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name="due"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        sa.CheckConstraint("state <> 'ready' OR (ready_at IS NOT NULL AND expires_at IS NOT NULL)", name="ready"),
        sa.Index(
            "uq_bulk_exports_making",
            "clinic_id",
            "account_id",
            unique=True,
            postgresql_where=sa.text("state = 'making'"),
            sqlite_where=sa.text("state = 'making'"),
        ),
        sa.Index(
            "ix_bulk_exports_due",
            "clinic_id",
            "due_at",
            "id",
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        ),
    )


class BulkFileRow(ClinicRow):
    """A file of a bulk export: resources of one type, one a line. It is written once, and sealed."""

    export_id: UUID
    number: int
    kind: str = Field(max_length=64)
    count: int
    size_bytes: int = Field(sa_type=sa.BigInteger)
    content_key: str = Field(sa_type=EncryptedText)
    objects: bytes
    """The ids of its parts in the store, one after the other."""


class BulkFileTable(BulkFileRow, table=True):
    """Files, in the order in which they were made. They go when their export ends."""

    __tablename__ = "bulk_files"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "export_id"], ["bulk_exports.clinic_id", "bulk_exports.id"]),
        sa.CheckConstraint("number >= 0 AND count >= 1 AND size_bytes >= 1", name="number"),
        sa.UniqueConstraint("clinic_id", "export_id", "number"),
    )
