"""Rows of remote sessions: the record, the tokens of support persons, and what they and staff observe."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.remote_sessions.rules import Link, LinkChange
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, VersionedRow, enum_type

Facts = dict[str, str | bool | None]


class RemoteRow(VersionedRow):
    """The remote record of one session; its id is the session's."""

    patient_id: UUID
    emergency_address: str | None = Field(default=None, sa_type=EncryptedText)
    phone: str | None = Field(default=None, sa_type=EncryptedText)
    local_emergency_number: str | None = Field(default=None, sa_type=EncryptedText)
    observer: Facts | None = Field(default=None, sa_type=EncryptedJson)
    medical_on_call: Facts | None = Field(default=None, sa_type=EncryptedJson)
    updated_by_id: UUID


def _of_session(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", "patient_id", "session_id"],
        ["remote_sessions.clinic_id", "remote_sessions.patient_id", "remote_sessions.id"],
        name=f"fk_{table}_session",
    )


class RemoteTable(RemoteRow, table=True):
    """Found by the session."""

    __tablename__ = "remote_sessions"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_remote_sessions_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "updated_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
    )


class RemoteVersionRow(RemoteRow):
    """A record as it was before a change. It never changes."""

    session_id: UUID
    kept_at: datetime


class RemoteVersionTable(RemoteVersionRow, table=True):
    """Read by session, newest first."""

    __tablename__ = "remote_session_versions"
    __table_args__ = chart_args(
        _of_session("remote_session_versions"),
        sa.UniqueConstraint("clinic_id", "session_id", "version", name="uq_remote_session_versions_version"),
        sa.Index("ix_remote_session_versions_session", "clinic_id", "patient_id", "session_id", "kept_at", "id"),
    )


class SupportTokenRow(ClinicRow):
    """The token of a support person, as a digest of its 256 random bits. It is of one session, and has no account."""

    patient_id: UUID
    session_id: UUID
    digest: bytes
    created_at: datetime
    created_by_id: UUID
    expires_at: datetime
    revoked_at: datetime | None = None
    binding: bytes = b""


class SupportTokenTable(SupportTokenRow, table=True):
    """Found by the id that the token names, and by session. A new one revokes the one before."""

    __tablename__ = "support_tokens"
    __table_args__ = chart_args(
        _of_session("support_tokens"),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("expires_at > created_at", name="time_box"),
        sa.Index("ix_support_tokens_session", "clinic_id", "patient_id", "session_id", "created_at", "id"),
    )


class LinkEventRow(ClinicRow):
    """The video or the observer was connected, lost or restored. It never changes."""

    patient_id: UUID
    session_id: UUID
    created_at: datetime
    at: datetime
    claimed_at: datetime | None = None
    link: Link = Field(sa_type=enum_type(Link))
    change: LinkChange = Field(sa_type=enum_type(LinkChange))
    recorded_by_id: UUID | None = None
    """The account of staff; null: the observer."""


class LinkEventTable(LinkEventRow, table=True):
    """Listed by session."""

    __tablename__ = "link_events"
    __table_args__ = chart_args(
        _of_session("link_events"),
        sa.ForeignKeyConstraint(["clinic_id", "recorded_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_link_events_session", "clinic_id", "patient_id", "session_id", "at", "id"),
    )
