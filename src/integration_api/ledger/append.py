"""Inserting into the ledger: a change's row in the change's own atomic step, a read's row before its response.

Rows of concurrent reads may share one commit (`Database.append`). A response waits for its own row.
"""

from integration_api.ledger.tables import LedgerTable
from integration_api.storage.statements import Change, Scope, insert_rows

INSERT_LEDGER = Change(
    "insert_ledger",
    insert_rows(LedgerTable),
    Scope.SYSTEM,
    "written by the unit of work with values it made itself; a request cannot choose them",
)
