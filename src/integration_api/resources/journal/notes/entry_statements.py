"""The Statement that finds the ledger row of a signature under a note."""

import sqlalchemy as sa

from integration_api.access.visible import in_clinic, visible
from integration_api.ledger.seal import COLUMNS, ENCODING
from integration_api.ledger.tables import LedgerRow, LedgerTable, PlaceTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_ledger, _places = table_of(LedgerTable), table_of(PlaceTable)


class SignedEntry(LedgerRow):
    """A ledger row and its place; null while it is not sealed."""

    position: int | None
    seal_number: int | None


SIGNED_ENTRY = Read(
    "read_signed_entry",
    sa.select(*(_ledger.c[name] for name in COLUMNS[ENCODING]), _places.c.position, _places.c.seal_number)
    .select_from(
        _ledger.outerjoin(_places, sa.and_(_places.c.clinic_id == _ledger.c.clinic_id, _places.c.id == _ledger.c.id))
    )
    .where(
        in_clinic(_ledger),
        visible(_ledger.c.patient_id),
        _ledger.c.patient_id == param("patient_id", _ledger.c.patient_id),
        _ledger.c["at"] == param("signed_at", _ledger.c["at"]),
        _ledger.c.subject_id == param("note_id", _ledger.c.subject_id),
        _ledger.c.digest == param("digest", _ledger.c.digest),
    ),
    SignedEntry,
    Scope.OWNER,
)
"""The row of the ledger in which a signature under a note is told, and its place where it has one."""
