"""Statements of what a clinic adds to the instruments."""

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_clinic
from integration_api.access.visible import actor_is_current, clinic_rows, in_clinic, insert_for_clinic
from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.instruments.definitions import OWN_PREFIX
from integration_api.resources.measures.instruments.tables import (
    InstrumentWordingRow,
    InstrumentWordingTable,
    OwnInstrumentRow,
    OwnInstrumentTable,
)
from integration_api.storage.statements import Change, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of

MAX_OWN = 100
"""The instruments that a clinic may define, and the languages that an instrument is shown in."""
_PRODUCT = sorted(instruments())
_own, _wordings = table_of(OwnInstrumentTable), table_of(InstrumentWordingTable)
_later = _own.alias("later_version")
_is_newest = sa.not_(
    any_for_row(
        sa.select(sa.literal_column("1")).where(
            in_clinic(_later),
            _later.c.instrument_id == _own.c.instrument_id,
            _later.c.instrument_version > _own.c.instrument_version,
        )
    )
)


def is_own(instrument_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Match instruments of a clinic's own: those that are none of the product's, in whatever order text is sorted."""
    return sa.and_(*(instrument_id != sa.literal(name, sa.String()) for name in _PRODUCT))


LIST_OWN_INSTRUMENTS = Read(
    "list_own_instruments",
    clinic_rows(OwnInstrumentTable)
    .where(_own.c.instrument_id >= sa.literal(OWN_PREFIX, sa.String()), _is_newest)
    .order_by(_own.c.instrument_id)
    .limit(MAX_OWN),
    OwnInstrumentRow,
    Scope.CLINIC,
)
READ_OWN_INSTRUMENT = Read(
    "read_own_instrument",
    clinic_rows(OwnInstrumentTable)
    .where(
        _own.c.instrument_id == param("instrument_id", _own.c.instrument_id),
        _own.c.instrument_version <= param("at_most_version", _own.c.instrument_version),
    )
    .order_by(_own.c.instrument_version.desc())
    .limit(1),
    OwnInstrumentRow,
    Scope.CLINIC,
)
"""The newest version up to this one."""
READ_WORDING = Read(
    "read_instrument_wording",
    clinic_rows(InstrumentWordingTable)
    .where(
        _wordings.c.instrument_id == param("instrument_id", _wordings.c.instrument_id),
        _wordings.c.language == param("language", _wordings.c.language),
    )
    .order_by(_wordings.c.created_at.desc(), _wordings.c.id.desc())
    .limit(1),
    InstrumentWordingRow,
    Scope.CLINIC,
)


class WordedIn(BaseModel):
    """A language that an instrument has a wording in."""

    language: str


LIST_LANGUAGES = Read(
    "list_instrument_languages",
    sa.select(_wordings.c.language)
    .where(
        in_clinic(_wordings),
        actor_is_current(),
        _wordings.c.instrument_id == param("instrument_id", _wordings.c.instrument_id),
    )
    .distinct()
    .order_by(_wordings.c.language)
    .limit(MAX_OWN),
    WordedIn,
    Scope.CLINIC,
)
INSERT_OWN_INSTRUMENT = Change("insert_own_instrument", insert_for_clinic(OwnInstrumentTable), Scope.CLINIC)
INSERT_WORDING = Change("insert_instrument_wording", insert_for_clinic(InstrumentWordingTable), Scope.CLINIC)

for _table in (OwnInstrumentTable, InstrumentWordingTable):
    declare(_table, of_clinic("instrument"))
