"""The Statements that keep the change feed. The sealer alone runs them, in the step that gives positions."""

import sqlalchemy as sa

from integration_api.ledger.changes import TAKEN_BACK
from integration_api.ledger.statements import PAGE_ROWS, SEALING, OneClinic, of_clinic
from integration_api.ledger.tables import ChangeRow, ChangeTable
from integration_api.storage.statements import Read, Scope, Upsert, param
from integration_api.storage.tables import table_of

_changes = table_of(ChangeTable)

_new = {column.name: param(column.name, column) for column in _changes.c}
_IS_OF_TIME = sa.bindparam("is_of_time", type_=sa.Boolean())
_taken_back = sa.literal(TAKEN_BACK, _changes.c.visible_from.type)
_is_taken_back = _changes.c.visible_from == _taken_back
_is_over = _changes.c.due_at <= _new["at"]
_is_not_over = sa.or_(_changes.c.due_at.is_(None), _changes.c.due_at > _new["at"])
_hides = _new["visible_from"] > _new["at"]
_is_early = sa.and_(_IS_OF_TIME, _is_not_over)
"""Matches if time has nothing to say: meanwhile, a step has put the thing off, or has taken it back."""
_stays = sa.or_(_is_early, sa.and_(_hides, _is_taken_back, _is_not_over))
"""Matches if the channel has no news: what was hidden stays so. Its row stays where it was taken back."""
_seen_from = sa.case(
    (_is_early, _changes.c.visible_from),
    (sa.and_(_IS_OF_TIME, _hides), _taken_back),
    (sa.and_(_IS_OF_TIME, _is_taken_back), _changes.c.due_at),
    (_IS_OF_TIME, _changes.c.visible_from),
    (sa.not_(_hides), _new["visible_from"]),
    (_changes.c.visible_from <= _new["at"], _taken_back),
    else_=_new["visible_from"],
)
KEEP_CHANGE = Upsert(
    "keep_change",
    ChangeTable,
    {
        "patient_id": _new["patient_id"],
        "account_id": _new["account_id"],
        "sequence": sa.case((_stays, _changes.c.sequence), else_=_new["sequence"]),
        "at": sa.case((_stays, _changes.c["at"]), else_=_new["at"]),
        "visible_from": _seen_from,
        "due_at": sa.case((_is_early, _changes.c.due_at), else_=_new["due_at"]),
    },
    Scope.SYSTEM,
    SEALING,
)
"""The latest change of a thing. Taken back, it stays at the sequence at which its channel saw it last."""

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
