"""Rows of doses, of the vitals about them, and of what an observer at home sees."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.tables import chart_args
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.observer_words import Breathing, Colour, ObserverSource, Position, Responds
from integration_api.resources.care.doses.rules import DoseFinding
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute, DoseUnit
from integration_api.storage.tables import ClinicRow, EncryptedJson, EncryptedText, JsonText, VersionedRow, enum_type


class DoseRow(VersionedRow):
    """One dose that was given."""

    patient_id: UUID
    session_id: UUID
    order_id: UUID | None = None
    route: DoseRoute = Field(sa_type=enum_type(DoseRoute))
    kind: DoseKind = Field(sa_type=enum_type(DoseKind))
    amount: float = Field(sa_type=sa.Double)
    unit: DoseUnit = Field(sa_type=enum_type(DoseUnit))
    amount_mg: float = Field(sa_type=sa.Double)
    weight_kg: float | None = Field(default=None, sa_type=sa.Double)
    given_at: datetime
    claimed_given_at: datetime | None = None
    infusion_minutes: int | None = None
    devices: int | None = None
    lot: str | None = Field(default=None, sa_type=EncryptedText)
    strength: str | None = Field(default=None, sa_type=EncryptedText)
    formulation: str | None = Field(default=None, sa_type=EncryptedText)
    pharmacy: str | None = Field(default=None, sa_type=EncryptedText)
    expires_on: date | None = None
    wasted_mg: float | None = Field(default=None, sa_type=sa.Double)
    waste_witness_id: UUID | None = None
    note: str | None = Field(default=None, sa_type=EncryptedText)
    given_while_held: bool
    altered_until: datetime | None = None
    """When the altered-state window that it opens ends, by the policies of its record; null in rows before them."""
    findings: list[DoseFinding] = Field(sa_type=EncryptedJson)
    created_by_id: UUID
    corrects_id: UUID | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class DoseTable(DoseRow, table=True):
    """Listed by chart and by session, the latest first. A dose never changes but for its withdrawal."""

    __tablename__ = "doses"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_doses_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "waste_witness_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "corrects_id"],
            ["doses.clinic_id", "doses.patient_id", "doses.id"],
            name="fk_doses_corrects",
        ),
        sa.UniqueConstraint("clinic_id", "patient_id", "id"),
        sa.UniqueConstraint("clinic_id", "corrects_id"),
        sa.CheckConstraint("amount > 0 AND amount_mg > 0", name="amount"),
        sa.CheckConstraint("weight_kg BETWEEN 20 AND 350", name="weight"),
        sa.CheckConstraint("wasted_mg > 0", name="wasted"),
        sa.CheckConstraint("waste_witness_id <> created_by_id", name="witness"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_doses_chart", "clinic_id", "patient_id", "given_at", "id"),
        sa.Index("ix_doses_session", "clinic_id", "patient_id", "session_id", "given_at", "id"),
        sa.Index("ix_doses_clinic", "clinic_id", "given_at", "id"),
    )


class VitalRow(VersionedRow):
    """One reading of one field; its id is the sender's."""

    patient_id: UUID
    session_id: UUID
    field: VitalField = Field(sa_type=enum_type(VitalField))
    taken_at: datetime
    value: float | None = Field(default=None, sa_type=sa.Double)
    diastolic: float | None = Field(default=None, sa_type=sa.Double)
    text: str | None = Field(default=None, sa_type=EncryptedText)
    device: str | None = Field(default=None, sa_type=EncryptedText)
    created_by_id: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by_id: UUID | None = None
    withdrawn_reason: str | None = Field(default=None, sa_type=EncryptedText)


class VitalTable(VitalRow, table=True):
    """Listed by session, and by session and field. A reading never changes but for its withdrawal."""

    __tablename__ = "vitals"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["sessions.clinic_id", "sessions.patient_id", "sessions.id"],
            name="fk_vitals_session",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(field = 'observation') = (value IS NULL)", name="value"),
        sa.CheckConstraint("(field = 'blood_pressure') = (diastolic IS NOT NULL)", name="diastolic"),
        sa.CheckConstraint("diastolic < value", name="pressure"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by"),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name="withdrawn_reason"),
        sa.Index("ix_vitals_session", "clinic_id", "patient_id", "session_id", "taken_at", "id"),
        sa.Index("ix_vitals_field", "clinic_id", "session_id", "field", "taken_at", "id"),
    )


class ObserverCheckRow(ClinicRow):
    """One look of an observer, in words and numbers of ours; its id is the sender's. It never changes."""

    patient_id: UUID
    session_id: UUID
    token_id: UUID
    created_at: datetime
    taken_at: datetime
    claimed_taken_at: datetime | None = None
    responds: Responds = Field(sa_type=enum_type(Responds))
    breathing: Breathing = Field(sa_type=enum_type(Breathing))
    colour: Colour = Field(sa_type=enum_type(Colour))
    vomiting: bool
    position: Position = Field(sa_type=enum_type(Position))
    distress: int | None = Field(default=None, sa_type=sa.SmallInteger)
    pulse: int | None = Field(default=None, sa_type=sa.SmallInteger)
    spo2: int | None = Field(default=None, sa_type=sa.SmallInteger)
    systolic: int | None = Field(default=None, sa_type=sa.SmallInteger)
    diastolic: int | None = Field(default=None, sa_type=sa.SmallInteger)
    source: ObserverSource = Field(sa_type=enum_type(ObserverSource))
    ignored: list[str] = Field(sa_type=JsonText)
    """The numbers that were sent and cannot be; they are null."""


class ObserverCheckTable(ObserverCheckRow, table=True):
    """Listed by session. Observers of a session at home write them, and the watch of a dose reads them."""

    __tablename__ = "observer_checks"
    __table_args__ = chart_args(
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "session_id"],
            ["remote_sessions.clinic_id", "remote_sessions.patient_id", "remote_sessions.id"],
            name="fk_observer_checks_session",
        ),
        sa.CheckConstraint("distress BETWEEN 0 AND 10", name="distress"),
        sa.CheckConstraint("pulse BETWEEN 20 AND 250", name="pulse"),
        sa.CheckConstraint("spo2 BETWEEN 50 AND 100", name="spo2"),
        sa.CheckConstraint("systolic BETWEEN 40 AND 300 AND diastolic BETWEEN 20 AND 200", name="pressure"),
        sa.CheckConstraint("(systolic IS NULL) = (diastolic IS NULL)", name="pressure_whole"),
        sa.CheckConstraint("diastolic < systolic", name="pressure_order"),
        sa.Index("ix_observer_checks_session", "clinic_id", "patient_id", "session_id", "taken_at", "id"),
    )
