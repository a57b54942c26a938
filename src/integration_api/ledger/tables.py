"""The ledger's one table. Rows are only ever added."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from integration_api.core.tables import ClinicRow, enum_type
from integration_api.ledger.events import Outcome, Purpose

__all__ = ["LedgerRow", "LedgerTable"]


class LedgerRow(ClinicRow):
    """Who did what to which subject of which chart, when, in which role, and how it ended. No free text."""

    at: datetime
    event: str = Field(max_length=40)
    action: str = Field(max_length=40)
    outcome: Outcome = Field(sa_type=enum_type(Outcome))
    reason: str | None = Field(default=None, max_length=40)
    actor_id: UUID | None = None
    actor_role: str | None = Field(default=None, max_length=20)
    subject_id: UUID | None = None
    patient_id: UUID | None = None
    purpose: Purpose | None = Field(default=None, sa_type=enum_type(Purpose))
    digest: bytes | None = Field(default=None, max_length=32)
    is_private: bool = False
    request_id: str = Field(max_length=64)


class LedgerTable(LedgerRow, table=True):
    """Read by chart and as a whole, newest first."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ix_ledger_chart", "clinic_id", "patient_id", "at", "id"),
        Index("ix_ledger_at", "clinic_id", "at", "id"),
    )
