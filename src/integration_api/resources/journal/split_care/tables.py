"""Rows of split-care agreements."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.storage.tables import EncryptedText, JsonText, VersionedRow

_BOUND = ("outside_account_id", "prescriber_id", "consent_id", "shares", "valid_from", "valid_until", "ended_at")
"""The columns that text is bound to: who is shown what, and when. A row that was edited by hand opens nothing.

The patient is bound as the owner of the key.
"""


class SharedPart(StrEnum):
    """The parts of a chart that an agreement can share. Source: clinical.md section 1.8."""

    DOSE_PLAN = "dose_plan"
    VISIT_NOTES = "visit_notes"
    REMAINING_DOSES = "remaining_doses"


class CareParty(StrEnum):
    """The two clinics of an agreement."""

    PRESCRIBER_CLINIC = "prescriber_clinic"
    THERAPIST_CLINIC = "therapist_clinic"


class Decision(StrEnum):
    """The things that one of both decides on. Source: clinical.md section 1.8."""

    DOSE = "dose"
    HOLD = "hold"
    MONITORING = "monitoring"
    DISCHARGE = "discharge"
    OUT_OF_HOURS = "out_of_hours"


class SplitCareRow(VersionedRow):
    """One agreement about one patient with one therapist of another clinic."""

    patient_id: UUID
    prescriber_id: UUID
    outside_account_id: UUID
    consent_id: UUID
    therapist_clinic: str = Field(sa_type=EncryptedText)
    reference: str = Field(sa_type=EncryptedText)
    decides: dict[str, str] = Field(sa_type=JsonText)
    shares: list[str] = Field(sa_type=JsonText)
    valid_from: datetime
    valid_until: datetime
    ended_at: datetime | None = None
    ended_by_id: UUID | None = None
    ended_reason: str | None = Field(default=None, sa_type=EncryptedText)


def _by(column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["clinic_id", column], ["accounts.clinic_id", "accounts.id"])


class SplitCareTable(SplitCareRow, table=True):
    """Listed by chart, and by the therapist outside; an agreement never changes but for its end."""

    __tablename__ = "split_care"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        *map(_by, ("prescriber_id", "outside_account_id")),
        sa.ForeignKeyConstraint(["clinic_id", "consent_id"], ["consents.clinic_id", "consents.id"]),
        sa.CheckConstraint("valid_from < valid_until", name="validity"),
        sa.CheckConstraint("outside_account_id <> prescriber_id", name="another"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_reason IS NULL)", name="ended_reason"),
        sa.Index("ix_split_care_chart", "clinic_id", "patient_id", "created_at", "id"),
        sa.Index("ix_split_care_clinic", "clinic_id", "created_at", "id"),
        sa.Index("ix_split_care_outside", "clinic_id", "outside_account_id", "created_at", "id"),
        {"info": {"key_owner": "patient_id", "bound": _BOUND}},
    )
