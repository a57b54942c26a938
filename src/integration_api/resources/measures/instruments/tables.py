"""Rows of what a clinic adds to the instruments: definitions of its own, and the wording that it may use."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import JsonValue
from sqlmodel import Field
from typing_extensions import TypedDict

from integration_api.storage.tables import EncryptedJson, EncryptedText, VersionedRow


class ItemWording(TypedDict):
    """The question as it is put, and the answers as they are offered, by answer."""

    text: str
    options: dict[str, str]


class OwnInstrumentRow(VersionedRow):
    """One version of a clinic's own instrument. It never changes; a next version is a row of its own."""

    instrument_id: str = Field(sa_type=sa.String(40))
    instrument_version: int = Field(sa_type=sa.SmallInteger)
    definition: dict[str, JsonValue] = Field(sa_type=EncryptedJson)
    created_by_id: UUID


class OwnInstrumentTable(OwnInstrumentRow, table=True):
    """Append-only, found by the instrument's id and version. It belongs to no chart: the clinic's key seals it."""

    __tablename__ = "own_instruments"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.UniqueConstraint("clinic_id", "instrument_id", "instrument_version", name="uq_own_instruments_version"),
        sa.CheckConstraint("instrument_version >= 1", name="from_one"),
    )


class InstrumentWordingRow(VersionedRow):
    """The wording of an instrument in one language, imported under the clinic's own licence. The newest counts."""

    instrument_id: str = Field(sa_type=sa.String(40))
    instrument_version: int = Field(sa_type=sa.SmallInteger)
    language: str = Field(sa_type=sa.String(35))
    licence_note: str = Field(sa_type=EncryptedText)
    title: str | None = Field(default=None, sa_type=EncryptedText)
    items: dict[str, ItemWording] = Field(sa_type=EncryptedJson)
    created_by_id: UUID


class InstrumentWordingTable(InstrumentWordingRow, table=True):
    """Append-only, so that it can be told what somebody was asked."""

    __tablename__ = "instrument_wordings"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.clinic_id"]),
        sa.ForeignKeyConstraint(["clinic_id", "created_by_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.Index("ix_instrument_wordings_newest", "clinic_id", "instrument_id", "language", "created_at", "id"),
    )
