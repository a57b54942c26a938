"""Why a chart was opened in an emergency, and what the review of it found."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.people.emergencies.rules import EmergencyReason, ReviewOutcome
from integration_api.storage.tables import EncryptedText, VersionedRow, enum_type


class EmergencyRow(VersionedRow):
    """The reason and the review of the care-team grant of the same id. The patient's key encrypts the reason."""

    patient_id: UUID
    account_id: UUID
    reason_code: EmergencyReason = Field(sa_type=enum_type(EmergencyReason))
    reason: str = Field(sa_type=EncryptedText)
    ends_at: datetime
    reviewed_at: datetime | None = None
    reviewed_by_id: UUID | None = None
    outcome: ReviewOutcome | None = Field(default=None, sa_type=enum_type(ReviewOutcome))
    ordinal: int
    bar_lifted_at: datetime | None = None
    bar_lifted_by_id: UUID | None = None


class EmergencyTable(EmergencyRow, table=True):
    """Read newest first. `ordinal` counts one person's on one chart: of two opened at once, one is refused."""

    __tablename__ = "emergency_accesses"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(["clinic_id", "id"], ["care_team.clinic_id", "care_team.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "reviewed_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "bar_lifted_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "account_id", "ordinal", name="uq_emergency_accesses_ordinal"),
        sa.CheckConstraint("ordinal > 0", name="ordinal"),
        sa.CheckConstraint("(bar_lifted_at IS NULL) = (bar_lifted_by_id IS NULL)", name="lifting_is_somebodys"),
        sa.CheckConstraint("bar_lifted_at IS NULL OR outcome = 'not_justified'", name="only_a_bar_is_lifted"),
        sa.CheckConstraint("(reviewed_at IS NULL) = (outcome IS NULL)", name="review_is_whole"),
        sa.CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name="review_is_somebodys"),
        sa.Index("ix_emergency_accesses_at", "clinic_id", "created_at", "id"),
    )
