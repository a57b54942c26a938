"""Statements of the strategy library."""

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
from integration_api.resources.journal.strategy_library.tables import LibraryRow, LibraryTable
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_library = table_of(LibraryTable)
_has_ended = sa.or_(_library.c.replaced_at.is_not(None), _library.c.retired_at.is_not(None))

READ_LIBRARY_ENTRY = Read(
    "read_strategy_library_entry",
    clinic_rows(LibraryTable).where(_library.c.id == param("id", _library.c.id)),
    LibraryRow,
    Scope.CLINIC,
)
LIST_LIBRARY = Read(
    "list_strategy_library",
    newest_first(
        clinic_rows(LibraryTable).where(
            optional(_library.c.category), _has_ended == sa.bindparam("ended", type_=sa.Boolean())
        ),
        _library.c.created_at,
        _library.c.id,
    ),
    LibraryRow,
    Scope.CLINIC,
)
INSERT_LIBRARY_ENTRY = Change("insert_strategy_library_entry", insert_for_clinic(LibraryTable), Scope.CLINIC)
END_LIBRARY_ENTRY = Change(
    "end_strategy_library_entry",
    sa.update(_library)
    .where(in_clinic(_library), actor_is_current(), *at_version(LibraryTable), sa.not_(_has_ended))
    .values(next_version(_library, ("replaced_at", "retired_at"))),
    Scope.CLINIC,
)
"""Replace or retire a version."""

declare(LibraryTable, of_clinic("strategy_library"))
