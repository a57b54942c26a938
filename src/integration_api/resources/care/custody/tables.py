"""Rows of containers, and of the entries in their registers."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.resources.care.custody.rules import ControlledDrug, EntryKind, StockUnit
from integration_api.storage.tables import ClinicRow, EncryptedText, VersionedRow, enum_type


class ContainerRow(VersionedRow):
    """One container of the clinic, and where its register stands. Amounts are thousandths of its unit."""

    drug: ControlledDrug = Field(sa_type=enum_type(ControlledDrug))
    unit: StockUnit = Field(sa_type=enum_type(StockUnit))
    mg_per_unit_milli: int = Field(sa_type=sa.BigInteger)
    expires_on: date
    formulation: str = Field(sa_type=EncryptedText)
    strength: str = Field(sa_type=EncryptedText)
    lot: str = Field(sa_type=EncryptedText)
    kept_at: str = Field(sa_type=EncryptedText)
    balance_milli: int = Field(sa_type=sa.BigInteger)
    unexplained_milli: int = Field(sa_type=sa.BigInteger)
    entries: int
    last_entry_at: datetime
    last_counted_at: datetime | None = None
    created_by_id: UUID


class ContainerTable(ContainerRow, table=True):
    """Listed by clinic, newest first. Each entry raises the version, so that no two stand on one balance."""

    __tablename__ = "custody_containers"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("balance_milli >= 0", name="balance"),
        sa.CheckConstraint("mg_per_unit_milli > 0", name="mg_per_unit"),
        sa.Index("ix_custody_containers_list", "clinic_id", "created_at", "id"),
    )


class EntryRow(ClinicRow):
    """One entry of a register. The patient is a reference alone: the clinic keeps the entry, whatever is erased."""

    container_id: UUID
    number: int
    recorded_at: datetime
    kind: EntryKind = Field(sa_type=enum_type(EntryKind))
    change_milli: int = Field(sa_type=sa.BigInteger)
    balance_milli: int = Field(sa_type=sa.BigInteger)
    counted_milli: int | None = Field(default=None, sa_type=sa.BigInteger)
    other_container_id: UUID | None = None
    place: str | None = Field(default=None, sa_type=EncryptedText)
    reason: str | None = Field(default=None, sa_type=EncryptedText)
    of_id: UUID | None = None
    patient_id: UUID | None = None
    dose_id: UUID | None = None
    days_supply: int | None = Field(default=None, sa_type=sa.SmallInteger)
    recorded_by_id: UUID


class EntryTable(EntryRow, table=True):
    """Append-only: no Statement changes or deletes an entry. Read by container, oldest first, and by chart."""

    __tablename__ = "custody_entries"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["clinic_id", "container_id"], ["custody_containers.clinic_id", "custody_containers.id"]
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "other_container_id"], ["custody_containers.clinic_id", "custody_containers.id"]
        ),
        sa.ForeignKeyConstraint(["clinic_id", "of_id"], ["custody_entries.clinic_id", "custody_entries.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "patient_id"], ["patients.clinic_id", "patients.id"]),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "dose_id"],
            ["doses.clinic_id", "doses.patient_id", "doses.id"],
            name="fk_custody_entries_dose",
        ),
        sa.ForeignKeyConstraint(["clinic_id", "recorded_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "container_id", "number"),
        sa.UniqueConstraint("clinic_id", "of_id", "kind"),
        sa.CheckConstraint("balance_milli >= 0", name="balance"),
        sa.CheckConstraint("days_supply > 0", name="days_supply"),
        sa.CheckConstraint("kind NOT IN ('reversed', 'witnessed') OR of_id IS NOT NULL", name="of"),
        sa.Index("ix_custody_entries_register", "clinic_id", "container_id", "recorded_at", "id"),
        sa.Index("ix_custody_entries_chart", "clinic_id", "patient_id", "recorded_at", "id"),
    )
