"""Statements of consent documents."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_clinic
from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
    optional,
)
from integration_api.resources.people.consent_documents.tables import (
    ConsentDocumentFactsRow,
    ConsentDocumentRow,
    ConsentDocumentTable,
)
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_documents = table_of(ConsentDocumentTable)

READ_DOCUMENT = Read(
    "read_consent_document",
    clinic_rows(ConsentDocumentTable).where(_documents.c.id == param("id", _documents.c.id)),
    ConsentDocumentRow,
    Scope.CLINIC,
)
LIST_DOCUMENTS = Read(
    "list_consent_documents",
    newest_first(
        sa.select(*(_documents.c[name] for name in ConsentDocumentFactsRow.model_fields)).where(
            in_clinic(_documents),
            actor_is_current(),
            optional(_documents.c.purpose),
            _documents.c.imported_number.is_(None),
            _documents.c.retired_at.is_not(None) == sa.bindparam("retired", type_=sa.Boolean()),
        ),
        _documents.c.created_at,
        _documents.c.id,
    ),
    ConsentDocumentFactsRow,
    Scope.CLINIC,
)
READ_LAST_DOCUMENT = Read(
    "read_last_consent_document",
    clinic_rows(ConsentDocumentTable)
    .where(
        _documents.c.purpose == param("purpose", _documents.c.purpose),
        _documents.c.imported_number.is_(None),
    )
    .order_by(_documents.c.number.desc())
    .limit(1),
    ConsentDocumentRow,
    Scope.CLINIC,
)
"""The version of a purpose with the highest number: it alone can be in force."""
INSERT_DOCUMENT = Change("insert_consent_document", insert_for_clinic(ConsentDocumentTable), Scope.CLINIC)
RETIRE_DOCUMENT = Change(
    "retire_consent_document",
    sa.update(_documents)
    .where(
        in_clinic(_documents),
        actor_is_current(),
        *at_version(ConsentDocumentTable),
        _documents.c.retired_at.is_(None),
    )
    .values(next_version(_documents, ("retired_at", "retired_by_id"))),
    Scope.CLINIC,
)

declare(ConsentDocumentTable, of_clinic("consent_document"))
