"""Statements of imported records."""

import sqlalchemy as sa

from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.prose import reads_prose
from integration_api.access.visible import chart_rows, list_by_chart, list_by_team, optional, to_key
from integration_api.resources.oversight.imported_records.tables import (
    ImportedFor,
    ImportedKind,
    ImportedRecordRow,
    ImportedRecordTable,
)
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, insert_rows, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_records = table_of(ImportedRecordTable)
_SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_IS_PROGRAM = sa.bindparam("actor_is_program", type_=sa.Boolean())
_IMPORTING = "run by the command line: records of another system, a chart at a time"


def readable(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match the origins of things that the actor may read: no note's for the patient, no private entry's for staff.

    Who reads no prose is told of no note and no entry.
    """
    for_all = table.c.shown_to == ImportedFor.CHART
    for_patient = sa.and_(table.c.patient_id == _SCOPE_PATIENT_ID, table.c.shown_to == ImportedFor.PATIENT)
    for_staff = sa.and_(_SCOPE_PATIENT_ID.is_(None), sa.not_(_IS_PROGRAM), table.c.shown_to == ImportedFor.TEAM)
    is_prose = sa.or_(*(table.c.kind == kind for kind in (ImportedKind.NOTE, ImportedKind.REFLECTION)))
    return sa.and_(sa.or_(for_all, for_patient, for_staff), sa.or_(sa.not_(is_prose), reads_prose(table.c.patient_id)))


_readable = sa.and_(readable(_records), shown_to_programs(_records.c.patient_id))
_filters = (
    _readable,
    optional(_records.c.kind),
    between(_records.c.created_at, "imported_after", "imported_before"),
)

READ_IMPORTED_RECORD = Read(
    "read_imported_record",
    chart_rows(ImportedRecordTable).where(_records.c.id == param("id", _records.c.id), _readable),
    ImportedRecordRow,
    Scope.OWNER,
)
LIST_IMPORTED_RECORDS = Read(
    "list_imported_records",
    list_by_chart(ImportedRecordTable, "created_at", *_filters),
    ImportedRecordRow,
    Scope.OWNER,
)
LIST_TEAM_IMPORTED_RECORDS = Read(
    "list_team_imported_records",
    list_by_team(ImportedRecordTable, "created_at", *_filters),
    ImportedRecordRow,
    Scope.OWNER,
)
IMPORTED_RECORDS_BY_IDS = Read(
    "imported_records_by_ids", rows_by_ids(ImportedRecordTable, _readable), ImportedRecordRow, Scope.OWNER
)
IMPORTED_RECORDS = ChartList(
    LIST_IMPORTED_RECORDS,
    LIST_TEAM_IMPORTED_RECORDS,
    IMPORTED_RECORDS_BY_IDS,
    at="created_at",
    bound="imported_before",
)
IMPORTED_OF_CHART = Read(
    "imported_of_chart",
    sa.select(*_records.c, VAULT_KEYS.c.wrapped_key)
    .join(*to_key(_records))
    .where(
        _records.c.clinic_id == param("clinic_id", _records.c.clinic_id),
        _records.c.patient_id == param("patient_id", _records.c.patient_id),
    ),
    ImportedRecordRow,
    Scope.SYSTEM,
    _IMPORTING,
)
_key_stands = (
    sa.select(sa.literal_column("1"))
    .where(
        VAULT_KEYS.c.clinic_id == sa.bindparam("clinic_id", type_=sa.Uuid()),
        VAULT_KEYS.c.id == sa.bindparam("patient_id", type_=sa.Uuid()),
    )
    .exists()
)
INSERT_IMPORTED_RECORD = Change(
    "insert_imported_record", insert_rows(ImportedRecordTable, _key_stands), Scope.SYSTEM, _IMPORTING
)
"""Affects no row if the chart was erased meanwhile."""
