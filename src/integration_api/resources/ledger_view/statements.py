"""Statements that show the ledger. None can show a private row: the condition is part of each."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, optional, visible
from integration_api.core.paging import before, between
from integration_api.core.statements import Read, Scope, param
from integration_api.core.tables import table_of
from integration_api.ledger.events import Outcome
from integration_api.ledger.tables import LedgerTable

__all__ = ["LIST_CHART_LEDGER", "LIST_LEDGER", "EntryRow"]

_ledger = table_of(LedgerTable)


class EntryRow(BaseModel):
    """The columns of the ledger that are shown."""

    id: UUID
    at: datetime
    event: str
    action: str
    outcome: Outcome
    reason: str | None
    actor_id: UUID | None
    actor_role: str | None
    subject_id: UUID | None
    patient_id: UUID | None
    request_id: str


def _newest(*guards: sa.ColumnElement[bool]) -> sa.Select[Any]:
    at, row_id = _ledger.c["at"], _ledger.c.id
    return (
        sa.select(*(_ledger.c[name] for name in EntryRow.model_fields))
        .where(
            in_clinic(_ledger),
            visible(_ledger.c.patient_id),  # an entry without a chart is seen by whoever sees the whole clinic
            _ledger.c.is_private.is_(sa.false()),
            optional(_ledger.c.actor_id, "acted_by_id"),
            optional(_ledger.c.event),
            between(at, "after", "before"),
            before(at, row_id),
            *guards,
        )
        .order_by(at.desc(), row_id.desc())
        .limit(sa.bindparam("page_rows", type_=sa.Integer()))
    )


LIST_LEDGER = Read("list_ledger", _newest(), EntryRow, Scope.OWNER)
LIST_CHART_LEDGER = Read(
    "list_chart_ledger",
    _newest(_ledger.c.patient_id == param("patient_id", _ledger.c.patient_id)),
    EntryRow,
    Scope.OWNER,
)
