"""Statements of continuity packages: a whole chart is read, and put in, by the command line of who runs the service."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable
from integration_api.access.tombstones import TombstoneTable
from integration_api.access.visible import list_by_chart, to_key
from integration_api.ledger.tables import LedgerTable, PlaceTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.notes.entry_statements import SignedEntry
from integration_api.resources.journal.reflections.tables import TagTable
from integration_api.resources.oversight.exports.package_tables import CARRIED, DOCUMENTS, PATIENTS, Carried
from integration_api.resources.oversight.exports.tables import ChartImportRow, ChartImportTable
from integration_api.resources.people.consent_documents.tables import (
    ConsentDocumentRow,
    ConsentDocumentTable,
    ConsentTable,
)
from integration_api.resources.people.patients.tables import NamePartTable, PatientTable
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import ClinicRow, table_of

_EXPORTING = "run by the command line: a whole chart, for the deployment that receives it"
_IMPORTING = "run by the command line: a whole chart, as the deployment that sent it signed it"
_accounts, _consents, _patients, _imports = (
    table_of(AccountTable),
    table_of(ConsentTable),
    table_of(PatientTable),
    table_of(ChartImportTable),
)
_sessions = table_of(SessionTable)
_ledger, _places, _tombstones = table_of(LedgerTable), table_of(PlaceTable), table_of(TombstoneTable)


def _of_chart(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.c.clinic_id == param("clinic_id", table.c.clinic_id),
        table.c.patient_id == param("patient_id", table.c.patient_id),
    )


def _rows_of(one: Carried) -> sa.Select[Any]:
    """SELECT every row of one chart, with the key of its text. It enters an index of the chart."""
    table = one.table
    found = sa.select(*table.c, VAULT_KEYS.c.wrapped_key).join(*to_key(table))
    if one.name == PATIENTS:
        return found.where(
            table.c.clinic_id == param("clinic_id", table.c.clinic_id),
            table.c.id == sa.bindparam("patient_id", type_=sa.Uuid()),
        )
    if one.name == DOCUMENTS:
        joined = sa.and_(_consents.c.clinic_id == table.c.clinic_id, _consents.c.document_id == table.c.id)
        return found.join(_consents, joined).where(
            table.c.clinic_id == param("clinic_id", table.c.clinic_id), _of_chart(_consents)
        )
    if one.is_of_session:
        joined = sa.and_(_sessions.c.clinic_id == table.c.clinic_id, _sessions.c.id == table.c.id)
        return found.join(_sessions, joined).where(_of_chart(_sessions))
    return found.where(_of_chart(table))


READS: Mapping[str, Read[ClinicRow]] = {
    one.name: Read(f"carried_{one.name}", _rows_of(one), one.row, Scope.SYSTEM, _EXPORTING) for one in CARRIED
}
INSERTS: Mapping[str, Change] = {
    one.name: Change(f"insert_carried_{one.name}", insert_rows(one.model), Scope.SYSTEM, _IMPORTING) for one in CARRIED
}


class Author(BaseModel):
    """An account, as the author of something: who it is, and nothing about its sign-in."""

    clinic_id: UUID
    id: UUID
    version: int
    patient_id: UUID | None
    name: str | None
    credential: str | None
    licence_region: str | None
    licence_ends_on: date | None


_authors = sa.select(
    *(_accounts.c[name] for name in Author.model_fields),
    VAULT_KEYS.c.wrapped_key,
).join(*to_key(_accounts))
READ_AUTHOR = Read("read_author", _authors.where(row_key(_accounts)), Author, Scope.SYSTEM, _EXPORTING)


_documents = table_of(ConsentDocumentTable)
READ_CARRIED_DOCUMENT = Read(
    "read_carried_document",
    sa.select(*_documents.c, VAULT_KEYS.c.wrapped_key).join(*to_key(_documents)).where(row_key(_documents)),
    ConsentDocumentRow,
    Scope.SYSTEM,
    _IMPORTING,
)


class AddressTaken(BaseModel):
    """The account of this clinic that uses an address."""

    id: UUID


ADDRESS_TAKEN = Read(
    "address_taken",
    sa.select(_accounts.c.id).where(
        _accounts.c.clinic_id == param("clinic_id", _accounts.c.clinic_id),
        _accounts.c.email_index == param("email_index", _accounts.c.email_index),
    ),
    AddressTaken,
    Scope.SYSTEM,
    _IMPORTING,
)


class ErasedRow(BaseModel):
    """Whether a chart was erased."""

    id: UUID
    is_erased: bool


CHART_STANDING = Read(
    "chart_standing",
    sa.select(_patients.c.id, _patients.c.erased_at.is_not(None).label("is_erased")).where(
        _patients.c.clinic_id == param("clinic_id", _patients.c.clinic_id),
        _patients.c.id == sa.bindparam("patient_id", type_=sa.Uuid()),
    ),
    ErasedRow,
    Scope.SYSTEM,
    _IMPORTING,
)


class DeletedId(BaseModel):
    """The id of a thing that was deleted."""

    id: UUID


DELETED_IDS = Read(
    "deleted_ids_of_chart",
    sa.select(_tombstones.c.id).where(_of_chart(_tombstones)),
    DeletedId,
    Scope.SYSTEM,
    _IMPORTING,
)
CHART_LEDGER = Read(
    "ledger_of_chart",
    sa.select(*_ledger.c, _places.c.position, _places.c.seal_number)
    .select_from(
        _ledger.outerjoin(_places, sa.and_(_places.c.clinic_id == _ledger.c.clinic_id, _places.c.id == _ledger.c.id))
    )
    .where(_of_chart(_ledger), _ledger.c.is_private.is_(False))
    .order_by(_ledger.c["at"], _ledger.c.id),
    SignedEntry,
    Scope.SYSTEM,
    _EXPORTING,
)
"""Rows about the chart, but for those that the patient alone is shown."""
CHART_IMPORTS = Read(
    "imports_of_chart",
    sa.select(*_imports.c, VAULT_KEYS.c.wrapped_key)
    .join(*to_key(_imports))
    .where(_of_chart(_imports))
    .order_by(_imports.c.imported_at, _imports.c.id),
    ChartImportRow,
    Scope.SYSTEM,
    _EXPORTING,
)
LIST_CHART_IMPORTS = Read(
    "list_chart_imports", list_by_chart(ChartImportTable, "imported_at"), ChartImportRow, Scope.OWNER
)
_key_stands = (
    sa.select(sa.literal_column("1"))
    .where(
        VAULT_KEYS.c.clinic_id == sa.bindparam("clinic_id", type_=sa.Uuid()),
        VAULT_KEYS.c.id == sa.bindparam("patient_id", type_=sa.Uuid()),
    )
    .exists()
)
INSERT_CHART_IMPORT = Change(
    "insert_chart_import", insert_rows(ChartImportTable, _key_stands), Scope.SYSTEM, _IMPORTING
)
"""Affects no row if the chart was erased meanwhile."""
INSERT_IMPORTED_NAME_PART = Change("insert_imported_name_part", insert_rows(NamePartTable), Scope.SYSTEM, _IMPORTING)
INSERT_IMPORTED_TAG = Change("insert_imported_tag", insert_rows(TagTable), Scope.SYSTEM, _IMPORTING)
