"""Keyset pagination over `(time, id)`, newest first unless said; the cost does not grow with depth."""

import base64
import binascii
import hashlib
import hmac
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar, get_args
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from integration_api.core.models import trusted
from integration_api.storage.statements import param
from integration_api.web.errors import Invalid

DEFAULT_LIMIT = 25
MAX_LIMIT = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_START = datetime(1, 1, 2, tzinfo=UTC)
_END = datetime(9999, 1, 1, tzinfo=UTC)
_LAST_ID = UUID(int=2**128 - 1)
_FIRST_ID = UUID(int=0)
_LAYOUT = struct.Struct(">Bq16s")
_MAC_BYTES = 8
_NOT_OURS = "not a cursor of this list with these filters, given to this account; begin without one"

Item = TypeVar("Item")
Row = TypeVar("Row")


def bound_key(key: bytes, account_id: UUID, list_name: str, filters: Mapping[str, object]) -> bytes:
    """Return the key of the cursors of one list with these filters, as one account reads it.

    A cursor that was made for anything else is refused.
    """
    return key + repr((account_id, list_name, sorted(filters.items()))).encode()


class SortOrder(StrEnum):
    """The order of a list by its time."""

    DESC = "desc"
    ASC = "asc"


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    model_config = ConfigDict(extra="forbid")

    items: list[Item] = Field(description="In the list's order.")
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """Return the name of a page of these items, as `NotePage`; of several kinds, that of the first."""
        [items] = params
        return f"{(get_args(items) or (items,))[0].__name__}Page"


@dataclass(frozen=True, slots=True)
class Window:
    """The page that the caller asked for: its size and its cursor."""

    limit: int
    cursor: str | None

    def values(self, key: bytes, *, ascending: bool = False, until: datetime | None = None) -> dict[str, object]:
        """Return the cursor's parameters and the number of rows: one more, to learn whether there is a next page.

        A list that runs newest first begins before `until`, if given; one that runs oldest first begins there.
        """
        if self.cursor is None:
            at, item_id = (_START, _FIRST_ID) if ascending else (_END, _LAST_ID)
        else:
            _, at, item_id = _read(self.cursor, key)
        if until is not None:
            at, item_id = (max if ascending else min)((at, item_id), (until, _FIRST_ID))
        return {"cursor_at": at, "cursor_id": item_id, "page_rows": self.limit + 1}

    def rank(self, key: bytes) -> int:
        """Return the rank in the cursor: 0 on the first page."""
        return 0 if self.cursor is None else _read(self.cursor, key)[0]


Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The number of items, at most 100.")]
Cursor = Annotated[
    str | None,
    Query(max_length=100, description="`next_cursor` of the page before; opaque. It goes with the same filters."),
]


def _window(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Window:
    return Window(limit, cursor)


def _order(order: Annotated[SortOrder, Query(description="`asc`: the earliest first.")] = SortOrder.DESC) -> SortOrder:
    return order


PAGE_ROWS = sa.bindparam("page_rows", type_=sa.Integer())
"""The number of rows that a list Statement reads: one more than a page shows."""


def first_rows(rows: int) -> dict[str, object]:
    """Return the cursor's parameters of the first rows of a list, for a screen that shows no next page."""
    return {**Window(rows, None).values(b""), "page_rows": rows}


PageQuery = Annotated[Window, Depends(_window)]
"""`limit` and `cursor` of a list."""

OrderQuery = Annotated[SortOrder, Depends(_order)]
"""`order` of a list that can run both ways."""


def newest_first(
    query: sa.Select[Any], at: sa.ColumnElement[datetime], row_id: sa.ColumnElement[UUID]
) -> sa.Select[Any]:
    """Keep a query to one page, newest first: parameters `cursor_at`, `cursor_id`, `page_rows`."""
    is_after = sa.tuple_(at, row_id) < sa.tuple_(param("cursor_at", at), param("cursor_id", row_id))
    return query.where(is_after).order_by(at.desc(), row_id.desc()).limit(PAGE_ROWS)


def oldest_first(
    query: sa.Select[Any], at: sa.ColumnElement[datetime], row_id: sa.ColumnElement[UUID]
) -> sa.Select[Any]:
    """Keep a query to one page, oldest first: the parameters of `newest_first`."""
    return query.where(after(at, row_id)).order_by(at, row_id).limit(PAGE_ROWS)


def after(at: sa.ColumnElement[datetime], row_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match rows after the cursor, in a list that runs oldest first."""
    return sa.tuple_(at, row_id) > sa.tuple_(param("cursor_at", at), param("cursor_id", row_id))


def after_ranked(
    rank: sa.ColumnElement[int], at: sa.ColumnElement[datetime], row_id: sa.ColumnElement[UUID]
) -> sa.ColumnElement[bool]:
    """Match rows after the cursor, in a list that runs by rank and then oldest first: `cursor_rank` too."""
    given = sa.tuple_(param("cursor_rank", rank), param("cursor_at", at), param("cursor_id", row_id))
    return sa.tuple_(rank, at, row_id) > given


def between(
    at: sa.ColumnElement[datetime], start: str, end: str, *, is_ascending: bool = False
) -> sa.ColumnElement[bool]:
    """Match rows from parameter `start` until before parameter `end`; null means open.

    A list gives the bound that it begins at to `Reads.page` as `until` too: its end, or its start if it `is_ascending`.
    Only the other is written as a plain bound. A list that runs newest first enters its index at the cursor. Given a
    second upper bound, a database may enter there, and read all rows between the two again for every page.
    """
    first, last = param(start, at), param(end, at)
    if is_ascending:
        return sa.and_(
            at < sa.func.coalesce(last, sa.literal(_END, at.type)),
            sa.or_(first.is_(None), at >= first),
        )
    return sa.and_(
        at >= sa.func.coalesce(first, sa.literal(_START, at.type)),
        sa.or_(last.is_(None), at < last),
    )


def page(
    rows: Sequence[Row],
    window: Window,
    key: bytes,
    position: Callable[[Row], tuple[datetime, UUID]],
    present: Callable[[Row], Item],
    rank: Callable[[Row], int] | None = None,
) -> Page[Item]:
    """Return one page of `limit + 1` rows. `position` gives a row's sort key; `present` makes an item of it.

    `rank` comes before `position` in the sort key, 0 to 255; a list without it has none.
    """
    shown = rows[: window.limit]
    cursor = _write(rank(shown[-1]) if rank else 0, *position(shown[-1]), key) if len(rows) > window.limit else None
    return trusted(Page[Item], {"items": [present(row) for row in shown], "next_cursor": cursor})


def _write(rank: int, at: datetime, item_id: UUID, key: bytes) -> str:
    packed = _LAYOUT.pack(rank, (at - _EPOCH) // timedelta(microseconds=1), item_id.bytes)
    return base64.urlsafe_b64encode(packed + _mac(packed, key)).decode().rstrip("=")


def _read(cursor: str, key: bytes) -> tuple[int, datetime, UUID]:
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        packed, mac = raw[: _LAYOUT.size], raw[_LAYOUT.size :]
        if not hmac.compare_digest(mac, _mac(packed, key)):
            raise ValueError
        rank, micros, item_id = _LAYOUT.unpack(packed)
    except (ValueError, binascii.Error, struct.error) as error:
        raise Invalid(errors=[{"field": "query.cursor", "code": "invalid_cursor", "message": _NOT_OURS}]) from error
    return rank, _EPOCH + timedelta(microseconds=micros), UUID(bytes=item_id)


def _mac(packed: bytes, key: bytes) -> bytes:
    return hmac.new(key, packed, hashlib.sha256).digest()[:_MAC_BYTES]
