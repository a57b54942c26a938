"""Causes that hold the next dose of a chart, told by a hold of the session or not: flags, holds of other sessions."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.attention.flags.flag_hold_statements import REPEATED_AT
from integration_api.resources.attention.flags.tables import FlagTable
from integration_api.resources.care.readiness.rules import NEXT_DOSE, HoldState
from integration_api.resources.care.readiness.tables import HoldTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

MAX_CAUSES = 1000
"""The causes of each kind that are looked at at once."""
_holds, _flags = table_of(HoldTable), table_of(FlagTable)
_released = _holds.alias("released_here")


class CauseRow(BaseModel):
    """A flag that holds the next dose, or an open hold of another session that does; `item` is null for a flag."""

    id: UUID
    item: str | None
    rule: str
    since: datetime
    repeated_at: datetime | None
    """When the flag was last called for again."""


def holding_flags(patient_id: sa.ColumnElement[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the flags of a chart that hold its next dose."""
    return (
        in_clinic(_flags),
        visible(patient_id),
        _flags.c.patient_id == patient_id,
        _flags.c.dose_hold.is_not(None),
        _flags.c.hold_ended_at.is_(None),
    )


def holding_elsewhere(patient_id: sa.ColumnElement[UUID]) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the open holds of other sessions that hold this one's dose too; a later release in this one covers them."""
    session_id = param("session_id", _holds.c.session_id)
    covers: sa.Select[Any] = sa.select(sa.literal_column("1")).where(
        in_clinic(_released),
        _released.c.patient_id == patient_id,
        _released.c.session_id == session_id,
        _released.c.item == _holds.c.item,
        _released.c.rule == _holds.c.rule,
        _released.c.state == HoldState.RELEASED,
        _released.c.decided_at >= _holds.c.created_at,
    )
    return (
        in_clinic(_holds),
        visible(patient_id),
        _holds.c.patient_id == patient_id,
        _holds.c.session_id != session_id,
        sa.or_(*(_holds.c.rule == rule for rule in NEXT_DOSE)),
        _holds.c.state == HoldState.OPEN,
        ~covers.exists(),
    )


_patient_id: sa.ColumnElement[UUID] = sa.bindparam("patient_id", type_=_holds.c.patient_id.type)
_no_item: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.String())
_of_flags = (
    sa.select(
        _flags.c.id,
        _no_item.label("item"),
        sa.type_coerce(_flags.c.rule, sa.String()).label("rule"),
        _flags.c.alerted_at.label("since"),
        REPEATED_AT,
    )
    .where(*holding_flags(_patient_id))
    .order_by(_flags.c.alerted_at, _flags.c.id)
    .limit(MAX_CAUSES)
)
_elsewhere = (
    sa.select(
        _holds.c.id,
        sa.type_coerce(_holds.c.item, sa.String()).label("item"),
        sa.type_coerce(_holds.c.rule, sa.String()).label("rule"),
        _holds.c.created_at.label("since"),
        sa.cast(sa.null(), _holds.c.created_at.type).label("repeated_at"),
    )
    .where(*holding_elsewhere(_patient_id))
    .limit(MAX_CAUSES)
)
_every = sa.union_all(*(sa.select(*arm.subquery().c) for arm in (_of_flags, _elsewhere))).subquery("causes")
HOLD_CAUSES = Read("hold_causes", sa.select(*_every.c), CauseRow, Scope.OWNER)
"""In one round trip. A database takes LIMIT of an arm in a subquery."""
