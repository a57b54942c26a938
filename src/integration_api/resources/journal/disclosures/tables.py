"""Rows of disclosures."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class DisclosureBasis(StrEnum):
    """The ground of a disclosure that an accounting names. Source: clinical.md section 2.4, 45 CFR 164.528."""

    REQUIRED_BY_LAW = "required_by_law"
    PUBLIC_HEALTH = "public_health"
    ABUSE_OR_NEGLECT = "abuse_or_neglect"
    OVERSIGHT = "oversight"
    COURT = "court"
    LAW_ENFORCEMENT = "law_enforcement"
    DECEASED = "deceased"
    RESEARCH = "research"
    SERIOUS_THREAT = "serious_threat"
    GOVERNMENT = "government"
    WORKERS_COMPENSATION = "workers_compensation"
    BY_MISTAKE = "by_mistake"
    OTHER = "other"


class DisclosureRow(VersionedRow):
    """One disclosure. It never changes, but for its withdrawal."""

    patient_id: UUID
    disclosed_at: datetime
    recipient: str = Field(sa_type=EncryptedText)
    address: str | None = Field(default=None, sa_type=EncryptedText)
    content: str = Field(sa_type=EncryptedText)
    purpose: str = Field(sa_type=EncryptedText)
    basis: DisclosureBasis = Field(sa_type=enum_type(DisclosureBasis))
    created_by_id: UUID
    is_permitted: bool | None = None
    """Whether the patient permitted it when it was recorded; null if its basis needs no consent."""
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class DisclosureTable(DisclosureRow, table=True):
    """Listed by chart, the latest first."""

    __tablename__ = "disclosures"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_disclosures_chart", "clinic_id", "patient_id", "disclosed_at", "id"),
        sa.Index("ix_disclosures_clinic", "clinic_id", "disclosed_at", "id"),
    )
