"""Statements of the holds that flags are."""

from datetime import datetime

import sqlalchemy as sa

from integration_api.access.visible import chart_rows, in_clinic, update_in_chart
from integration_api.resources.attention.flags.rules import FlagEventKind, HoldUntil
from integration_api.resources.attention.flags.tables import FlagEventTable, FlagRow, FlagTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

MAX_HOLDING = 200
"""The flags of a chart that hold its next dose and are looked at at once; what is left holds the next try."""
_flags, _events = table_of(FlagTable), table_of(FlagEventTable)


class HoldingFlag(FlagRow):
    """A flag that holds the next dose, and when it was last called for again."""

    repeated_at: datetime | None = None


REPEATED_AT = (
    sa.select(_events.c.at)
    .where(
        in_clinic(_events),
        _events.c.patient_id == _flags.c.patient_id,
        _events.c.flag_id == _flags.c.id,
        _events.c.kind == FlagEventKind.REPEATED,
    )
    .order_by(_events.c.at.desc(), _events.c.id.desc())
    .limit(1)
    .correlate(_flags)
    .scalar_subquery()
    .label("repeated_at")
)
"""When a flag was last called for again, in a Statement of `flags`; null if it was not."""
HOLDING_FLAGS = Read(
    "holding_flags",
    chart_rows(FlagTable, REPEATED_AT)
    .where(
        _flags.c.patient_id == param("patient_id", _flags.c.patient_id),
        _flags.c.dose_hold.is_not(None),
        _flags.c.hold_ended_at.is_(None),
    )
    .order_by(_flags.c.alerted_at, _flags.c.id)
    .limit(MAX_HOLDING),
    HoldingFlag,
    Scope.OWNER,
)
"""The flags of a chart that hold its next dose, the oldest alert first."""
END_HOLD = Change(
    "end_hold_of_flag",
    update_in_chart(FlagTable, ("hold_ended_at",), _flags.c.hold_ended_at.is_(None)),
    Scope.OWNER,
)
ENDED_BY_SCREEN = Read(
    "flags_ended_by_screen",
    chart_rows(FlagTable, REPEATED_AT)
    .where(
        _flags.c.patient_id == param("patient_id", _flags.c.patient_id),
        _flags.c.dose_hold == HoldUntil.SCREEN,
        _flags.c.hold_ended_at == param("ended_at", _flags.c.hold_ended_at),
    )
    .order_by(_flags.c.created_at, _flags.c.id)
    .limit(MAX_HOLDING),
    HoldingFlag,
    Scope.OWNER,
)
"""The flags whose hold one screen has ended: both were written at one time."""
HOLD_AGAIN = Change(
    "hold_again_by_flag",
    update_in_chart(FlagTable, ("hold_ended_at",), _flags.c.hold_ended_at.is_not(None)),
    Scope.OWNER,
)
