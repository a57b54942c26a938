"""The Statements of token buckets: read, spend, give back, and delete stale rows."""

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ThrottleTable
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of

_MAX_STALE_ROWS = 100
_table = table_of(ThrottleTable)
_stale = _table.alias("stale")


class _Spent(BaseModel):
    """The one column of a bucket that is read."""

    spent_until: int


_is_key = row_key(_table)
_WHY = "attempts are counted before anybody is signed in, by keyed digests; no response shows a row"
_now, _step, _latest, _furthest = (
    sa.bindparam(name, type_=sa.BigInteger()) for name in ("now_us", "step_us", "latest_us", "furthest_us")
)

READ_SPENT = Read("read_throttle", sa.select(_table.c.spent_until).where(_is_key), _Spent, Scope.SYSTEM, _WHY)

SPEND = Change(
    "spend_throttle",
    sa.update(_table)
    .where(_is_key, sa.or_(_table.c.spent_until <= _latest, _table.c.spent_until > _furthest))
    .values(
        spent_until=sa.case(
            (sa.and_(_table.c.spent_until > _now, _table.c.spent_until <= _furthest), _table.c.spent_until),
            else_=_now,
        )
        + _step
    ),
    Scope.SYSTEM,
    _WHY,
)
"""Spends one, if one is left. A row spent further ahead than possible came from a clock that was ahead."""

GIVE_BACK = Change(
    "give_back_throttle",
    sa.update(_table).where(_is_key).values(spent_until=_table.c.spent_until - _step),
    Scope.SYSTEM,
    _WHY,
)

INSERT_SPENT = Change("insert_throttle", insert_rows(ThrottleTable), Scope.SYSTEM, _WHY)

_oldest = (
    sa.select(_stale.c.spent_until)
    .where(_stale.c.clinic_id == param("clinic_id", _stale.c.clinic_id), _stale.c.spent_until < _now)
    .order_by(_stale.c.spent_until)
    .limit(_MAX_STALE_ROWS)
    .subquery("oldest")
)
DELETE_STALE = Change(
    "delete_stale_throttles",
    sa.delete(_table).where(
        _table.c.clinic_id == param("clinic_id", _table.c.clinic_id),
        _table.c.spent_until <= sa.select(sa.func.max(_oldest.c.spent_until)).scalar_subquery(),
    ),
    Scope.SYSTEM,
    "stale rows, whenever a new one was inserted",
)
