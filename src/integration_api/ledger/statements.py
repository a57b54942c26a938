"""The Statements of the sealer and of `verify`. The product runs them itself, for one clinic at a time."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.ledger.seal import COLUMNS, ENCODING, Kind
from integration_api.ledger.tables import LedgerTable, PlaceRow, PlaceTable, SealRow, SealTable
from integration_api.storage.statements import Change, Read, Scope, insert_rows, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import after

_ledger, _places, _seals = table_of(LedgerTable), table_of(PlaceTable), table_of(SealTable)
SEALING = "the sealer names the clinic; what it reads is hashed, and nothing of it leaves the process"
_CHECKING = "the command line of who runs the service; it tells places and ids of rows, nothing else of them"
PAGE_ROWS = sa.bindparam("page_rows", type_=sa.Integer())


class RawRow(BaseModel):
    """A ledger row as its database holds it: a UUID or time of PostgreSQL is text on SQLite."""

    clinic_id: UUID | str
    id: UUID | str
    at: object
    event: str
    action: str
    outcome: str
    reason: str | None
    actor_id: object
    actor_role: str | None
    subject_id: object
    patient_id: object
    purpose: str | None
    digest: bytes | None
    is_private: object
    request_id: str
    changed: str | None


class PlacedRow(RawRow):
    """A place, and the row that stands there. Its columns are null if the row is gone."""

    id: UUID | str | None  # type: ignore[assignment]  # as said

    place_id: UUID
    seal_number: int
    position: int
    leaf: bytes


class RowTime(BaseModel):
    """The time of a ledger row."""

    at: datetime
    id: UUID


class Ahead(BaseModel):
    """The number of rows in a page, and the time of the last; null if it has none."""

    at: datetime | None
    rows: int


class PlacedChange(BaseModel):
    """A ledger row that has its place: what it is about, and what its step changed (`changes.py`)."""

    id: UUID
    position: int
    at: datetime
    subject_id: UUID | None
    patient_id: UUID | None
    changed: str | None


class Count(BaseModel):
    """A number of rows."""

    rows: int


class OneClinic(BaseModel):
    """A clinic with rows in a table."""

    clinic_id: UUID


def entry_columns() -> list[sa.ColumnElement[Any]]:
    """Return every sealed column, without a conversion between the driver's value and ours."""
    kinds: dict[Kind, sa.types.TypeEngine[Any]] = {"boolean": sa.Integer(), "bytes": sa.LargeBinary()}
    return [
        sa.type_coerce(_ledger.c[name], kinds.get(kind, sa.String())).label(name)
        for name, kind in COLUMNS[ENCODING].items()
    ]


def of_clinic(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match the rows of one clinic, `clinic_id`."""
    return sa.and_(table.c.clinic_id == param("clinic_id", table.c.clinic_id))


def next_clinic(table: sa.Table) -> Read[OneClinic]:
    """Return the Statement that finds the clinics with rows in a table, one after the other."""
    clinic_id = table.c.clinic_id
    return Read(
        f"next_clinic_of_{table.name}",
        sa.select(clinic_id).where(clinic_id > param("last_clinic_id", clinic_id)).order_by(clinic_id).limit(1),
        OneClinic,
        Scope.SYSTEM,
        "finds the clinics themselves, one after the other",
    )


NEXT_CLINICS = tuple(next_clinic(table) for table in (_ledger, _places, _seals))

LAST_SEAL = Read(
    "last_seal",
    sa.select(_seals).where(of_clinic(_seals), _seals.c.number > 0).order_by(_seals.c.number.desc()).limit(1),
    SealRow,
    Scope.SYSTEM,
    SEALING,
)
READ_SEAL = Read(
    "read_seal",
    sa.select(_seals).where(of_clinic(_seals), _seals.c.number == param("number", _seals.c.number)),
    SealRow,
    Scope.SYSTEM,
    "a seal holds hashes and numbers; whose proof it is part of was found by a guarded Statement",
)
READ_SEALS = Read(
    "read_seals",
    sa.select(_seals)
    .where(of_clinic(_seals), _seals.c.number > param("number", _seals.c.number))
    .order_by(_seals.c.number)
    .limit(PAGE_ROWS),
    SealRow,
    Scope.SYSTEM,
    _CHECKING,
)

_place_of_row = (
    sa.select(_places.c.position)
    .where(_places.c.clinic_id == _ledger.c.clinic_id, _places.c.id == _ledger.c.id)
    .scalar_subquery()
)
UNSEALED = Read(
    "read_unsealed",
    sa.select(*entry_columns())
    .where(
        of_clinic(_ledger),
        after(_ledger.c["at"], _ledger.c.id),
        _ledger.c["at"] < param("until", _ledger.c["at"]),
        _place_of_row.is_(None),
    )
    .order_by(_ledger.c["at"], _ledger.c.id)
    .limit(PAGE_ROWS),
    RawRow,
    Scope.SYSTEM,
    SEALING,
)
"""Rows without a place, oldest first. A subquery and no join: each row is looked up by the key of its place."""

NEXT_ROW = Read(
    "read_next_ledger_row",
    sa.select(_ledger.c["at"], _ledger.c.id)
    .where(of_clinic(_ledger), after(_ledger.c["at"], _ledger.c.id))
    .order_by(_ledger.c["at"], _ledger.c.id)
    .limit(1),
    RowTime,
    Scope.SYSTEM,
    SEALING,
)

_ahead = (
    sa.select(_ledger.c["at"])
    .where(of_clinic(_ledger), after(_ledger.c["at"], _ledger.c.id))
    .order_by(_ledger.c["at"], _ledger.c.id)
    .limit(PAGE_ROWS)
    .subquery()
)
_rows: sa.ColumnElement[Any] = sa.func.count()
LOOK_AHEAD = Read(
    "look_ahead_in_ledger",
    sa.select(sa.func.max(_ahead.c["at"], type_=_ledger.c["at"].type).label("at"), _rows.label("rows")).select_from(
        _ahead
    ),
    Ahead,
    Scope.SYSTEM,
    SEALING,
)
"""The time of the row so many rows ahead in the order of the index; fewer rows if there are no more."""

COUNT_ROWS = Read(
    "count_ledger_rows",
    sa.select(sa.func.count().label("rows"))
    .select_from(_ledger)
    .where(of_clinic(_ledger), _ledger.c["at"] < param("until", _ledger.c["at"])),
    Count,
    Scope.SYSTEM,
    _CHECKING,
)
NEWEST_ROW = Read(
    "read_newest_ledger_row",
    sa.select(_ledger.c["at"], _ledger.c.id)
    .where(
        of_clinic(_ledger),
        _ledger.c["at"] > param("since", _ledger.c["at"]),
        _ledger.c.action != param("action", _ledger.c.action),
    )
    .order_by(_ledger.c["at"].desc(), _ledger.c.id.desc())
    .limit(1),
    RowTime,
    Scope.SYSTEM,
    _CHECKING,
)
"""The newest row of a clinic since then, but for those of one action."""
_by_position = (of_clinic(_places), _places.c.position > param("position", _places.c.position))
READ_PLACES = Read(
    "read_ledger_places",
    sa.select(_places).where(*_by_position).order_by(_places.c.position).limit(PAGE_ROWS),
    PlaceRow,
    Scope.SYSTEM,
    "leaves are hashes; whose proof they are part of was found by a guarded Statement",
)
PLACE_BEFORE = Read(
    "read_place_before",
    sa.select(_places)
    .where(of_clinic(_places), _places.c.position < param("position", _places.c.position))
    .order_by(_places.c.position)
    .limit(1),
    PlaceRow,
    Scope.SYSTEM,
    _CHECKING,
)
READ_PLACED = Read(
    "read_placed_rows",
    sa.select(
        _places.c.id.label("place_id"),
        _places.c.seal_number,
        _places.c.position,
        _places.c.leaf,
        *entry_columns(),
    )
    .select_from(
        _places.outerjoin(_ledger, sa.and_(_ledger.c.clinic_id == _places.c.clinic_id, _ledger.c.id == _places.c.id))
    )
    .where(*_by_position)
    .order_by(_places.c.position)
    .limit(PAGE_ROWS),
    PlacedRow,
    Scope.SYSTEM,
    _CHECKING,
)

PLACED_CHANGES = Read(
    "read_placed_changes",
    sa.select(_places.c.position, *(_ledger.c[name] for name in ("id", "at", "subject_id", "patient_id", "changed")))
    .select_from(
        _places.join(_ledger, sa.and_(_ledger.c.clinic_id == _places.c.clinic_id, _ledger.c.id == _places.c.id))
    )
    .where(*_by_position)
    .order_by(_places.c.position)
    .limit(PAGE_ROWS),
    PlacedChange,
    Scope.SYSTEM,
    "a hint of what has changed, by ids; who is told of it is decided by guarded Statements",
)

INSERT_PLACE = Change("insert_ledger_place", insert_rows(PlaceTable), Scope.SYSTEM, SEALING)
INSERT_SEAL = Change("insert_ledger_seal", insert_rows(SealTable), Scope.SYSTEM, SEALING)
