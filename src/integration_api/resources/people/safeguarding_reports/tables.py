"""Rows of safeguarding reports. The designation of who reads them is declared with the flags."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field
from typing_extensions import TypedDict

from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow, enum_type

_REPORT_IS = ("reporter_id", "lead_id", "deputy_id")
"""The columns that text is bound to: a row that was edited in the database opens to nobody."""


class SafeguardingState(StrEnum):
    """The state of a report. Source: clinical.md section 1.8."""

    RECEIVED = "received"
    TRIAGE = "triage"
    INVESTIGATING = "investigating"
    REFERRED = "referred"
    CLOSED = "closed"


class ReportFacts(TypedDict):
    """The facts of a report besides its text. They are encrypted with it."""

    about: str
    named_account_ids: list[str]
    immediate_danger: bool
    wants_contact: bool
    is_anonymous: bool


class SafeguardingReportFactsRow(VersionedRow):
    """A report without its texts: its reporter, and the lead and the deputy who read it; null if they are named."""

    reporter_id: UUID
    lead_id: UUID | None = None
    deputy_id: UUID | None = None
    state: SafeguardingState = Field(default=SafeguardingState.RECEIVED, sa_type=enum_type(SafeguardingState))
    moved_at: datetime
    facts: ReportFacts = Field(sa_type=EncryptedJson)


class SafeguardingReportRow(SafeguardingReportFactsRow):
    """A whole report. Each has a key of its own, whose owner is the report."""

    text: str = Field(sa_type=EncryptedText)
    safe_contact: str | None = Field(default=None, sa_type=EncryptedText)
    handling: str | None = Field(default=None, sa_type=EncryptedText)


class SafeguardingReportTable(SafeguardingReportRow, table=True):
    """Listed by reporter, by lead and by deputy, newest first."""

    __tablename__ = "safeguarding_reports"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "reporter_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "lead_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "deputy_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_safeguarding_reports_reporter", "clinic_id", "reporter_id", "created_at", "id"),
        sa.Index("ix_safeguarding_reports_lead", "clinic_id", "lead_id", "created_at", "id"),
        sa.Index("ix_safeguarding_reports_deputy", "clinic_id", "deputy_id", "created_at", "id"),
        {"info": {"key_owner": "id", "bound": _REPORT_IS}},
    )
