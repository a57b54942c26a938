"""Rows of exports."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.people.service_accounts.tables import ExportFailure, ExportState
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, JsonText, VersionedRow, enum_type

_OWN_MAKING = sa.text("state = 'making' AND record_request_id IS NULL")
_COPIES_MAKING = sa.text("state = 'making' AND record_request_id IS NOT NULL")


class ExportOrder(StrEnum):
    """The order of the readable chart."""

    NEWEST_FIRST = "newest_first"
    OLDEST_FIRST = "oldest_first"


class ExportRow(VersionedRow):
    """One export: who asked by which sign-in, how far the job is, and the sealed parts of the file."""

    patient_id: UUID
    record_request_id: UUID | None = None
    """The request that staff make it for; null if the patient asked for it alone."""
    account_id: UUID
    sign_in_id: UUID
    epoch: int
    state: ExportState = Field(sa_type=enum_type(ExportState))
    chart_order: ExportOrder = Field(sa_type=enum_type(ExportOrder))
    kept_days: int
    attempts: int = 0
    due_at: datetime | None = None
    """When the job looks at it next: to make it, to take it over, or to let it expire."""
    size_bytes: int | None = Field(default=None, sa_type=sa.BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    content_key: str | None = Field(default=None, sa_type=EncryptedText)
    objects: bytes = b""
    """The ids of its parts in the store, one after the other."""
    missing: dict[str, int] = Field(default_factory=dict, sa_type=JsonText)
    """The number of things of each kind that this export alone leaves out; words of our own."""
    failure: ExportFailure | None = Field(default=None, sa_type=enum_type(ExportFailure))
    ready_at: datetime | None = None
    expires_at: datetime | None = None
    handed_over_at: datetime | None = None
    """When staff gave this copy to the patient, who sees it from then on."""


class ExportTable(ExportRow, table=True):
    """For a patient one at a time is made, and for each record request one."""

    __tablename__ = "exports"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint(
            "state <> 'ready' OR (size_bytes IS NOT NULL AND sha256 IS NOT NULL AND content_key IS NOT NULL "
            "AND ready_at IS NOT NULL AND expires_at IS NOT NULL)",
            name="ready",
        ),
        sa.CheckConstraint("(state IN ('making', 'ready')) = (due_at IS NOT NULL)", name="due"),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure"),
        sa.CheckConstraint("kept_days >= 1", name="kept_days"),
        sa.Index("ix_exports_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index(
            "uq_exports_making",
            "clinic_id",
            "patient_id",
            unique=True,
            postgresql_where=_OWN_MAKING,
            sqlite_where=_OWN_MAKING,
        ),
        sa.Index(
            "uq_exports_copying",
            "clinic_id",
            "record_request_id",
            unique=True,
            postgresql_where=_COPIES_MAKING,
            sqlite_where=_COPIES_MAKING,
        ),
        sa.Index(
            "ix_exports_request",
            "clinic_id",
            "record_request_id",
            "created_at",
            "id",
            postgresql_where=sa.text("record_request_id IS NOT NULL"),
            sqlite_where=sa.text("record_request_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_exports_due",
            "clinic_id",
            "due_at",
            "id",
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        ),
    )


class ChartImportRow(ClinicRow):
    """One import of a package into this chart: where it came from, and what the ledger there said."""

    patient_id: UUID
    imported_at: datetime
    manifest_sha256: str = Field(max_length=64)
    rows_inserted: int
    rows_skipped: int
    origin: dict[str, JsonValue] = Field(sa_type=EncryptedJson)
    """The deployment, as the manifest tells it."""
    evidence: list[dict[str, JsonValue]] = Field(sa_type=EncryptedJson)
    """The rows of the ledger there that are about this chart. They are no part of the ledger here."""


class ChartImportTable(ChartImportRow, table=True):
    """Read by chart. A chart may have come back."""

    __tablename__ = "chart_imports"
    __table_args__ = chart_args(
        sa.CheckConstraint("rows_inserted >= 0 AND rows_skipped >= 0", name="counts"),
        sa.Index("ix_chart_imports_chart", "clinic_id", "patient_id", "imported_at", "id"),
    )
