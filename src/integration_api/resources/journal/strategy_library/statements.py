"""Statements of the strategy library."""

from integration_api.access.audience import declare, of_clinic
from integration_api.access.visible import clinic_rows, insert_for_clinic, optional
from integration_api.resources.journal.strategy_library.tables import LibraryRow, LibraryTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_library = table_of(LibraryTable)

READ_LIBRARY_ENTRY = Read(
    "read_strategy_library_entry",
    clinic_rows(LibraryTable).where(_library.c.id == param("id", _library.c.id)),
    LibraryRow,
    Scope.CLINIC,
)
LIST_LIBRARY = Read(
    "list_strategy_library",
    newest_first(clinic_rows(LibraryTable).where(optional(_library.c.category)), _library.c.created_at, _library.c.id),
    LibraryRow,
    Scope.CLINIC,
)
INSERT_LIBRARY_ENTRY = Change("insert_strategy_library_entry", insert_for_clinic(LibraryTable), Scope.CLINIC)

declare(LibraryTable, of_clinic("strategy_library"))
