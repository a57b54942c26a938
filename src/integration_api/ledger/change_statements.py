"""The Statements that keep the change feed. The sealer alone runs them, in the step that gives positions."""

import sqlalchemy as sa

from integration_api.ledger.statements import PAGE_ROWS, SEALING, OneClinic, of_clinic
from integration_api.ledger.tables import ChangeRow, ChangeTable
from integration_api.storage.statements import Read, Scope, Upsert, param
from integration_api.storage.tables import table_of

_changes = table_of(ChangeTable)

_MOVED = ("patient_id", "account_id", "sequence", "at", "due_at")
KEEP_CHANGE = Upsert(
    "keep_change",
    ChangeTable,
    {name: param(name, _changes.c[name]) for name in _MOVED}
    | {
        "visible_from": sa.case(
            (_changes.c.visible_from <= param("first_at", _changes.c["at"]), _changes.c.visible_from),
            else_=param("visible_from", _changes.c.visible_from),
        )
    },
    Scope.SYSTEM,
    SEALING,
)
"""The latest change of a thing. From when its channel could see it stays, if that had come before this change."""

_is_due = sa.and_(_changes.c.due_at.is_not(None), _changes.c.due_at <= param("now", _changes.c["at"]))
NEXT_DUE_CLINIC = Read(
    "next_clinic_of_changes",
    sa.select(_changes.c.clinic_id)
    .where(_changes.c.clinic_id > param("last_clinic_id", _changes.c.clinic_id), _is_due)
    .order_by(_changes.c.clinic_id)
    .limit(1),
    OneClinic,
    Scope.SYSTEM,
    "finds the clinics in which time has changed something, one after the other",
)
DUE_CHANGES = Read(
    "due_changes",
    sa.select(_changes).where(of_clinic(_changes), _is_due).order_by(_changes.c.due_at, _changes.c.id).limit(PAGE_ROWS),
    ChangeRow,
    Scope.SYSTEM,
    "run by the sealer: what time has changed since it was told of",
)
