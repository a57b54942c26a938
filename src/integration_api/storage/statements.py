"""Statements: every query of the product is a named constant, built once and compiled once per database.

A `Read[T]` selects rows into a row class. A `Change` inserts, updates or deletes. An `Upsert` inserts rows of a list,
and updates those whose key exists. All are SQLAlchemy Core expressions over the SQLModel tables, with named parameters.
`compiled()` turns one into SQL for a driver (`compiling.py`).
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, Generic, NamedTuple, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

from integration_api.storage.compiling import Compiled, DialectName, compile_for
from integration_api.storage.tables import VaultKeyRow, VaultKeyTable, encrypted_columns, table_of

Row = TypeVar("Row", bound=BaseModel)


class Scope(Enum):
    """The rows that a Statement may touch. An architecture test proves each scope against the SQL."""

    OWNER = "rows of an owner whose rows the actor may see now"
    CLINIC = "rows of the actor's clinic, while the actor is signed in"
    SYSTEM = "run by the product itself, never on behalf of an actor's choice of row"


STATEMENTS: dict[str, "Statement"] = {}
VAULT_KEYS = table_of(VaultKeyTable)


class KeyNames(NamedTuple):
    """The parameters of a Change that identify a data key: its clinic and its owner."""

    clinic_at: str
    owner_at: str


class Statement:
    """A named query. Names are unique in the product."""

    _rows: type[BaseModel] | None = None
    is_batched = True
    """Whether several requests may be answered by one statement made of it (`storage/postgres_sql.py`)."""

    def __init__(self, name: str, query: sa.Executable, scope: Scope, reason: str = "") -> None:
        """Register a query. `reason` says why SYSTEM needs no actor, or why CLINIC may touch an owner's rows."""
        if name in STATEMENTS:
            msg = f"two Statements are named {name}"
            raise ValueError(msg)
        if scope is Scope.SYSTEM and not reason:
            msg = f"{name}: SYSTEM needs a reason"
            raise ValueError(msg)
        self.name, self.query, self.scope, self.reason = name, query, scope, reason
        self._compiled: dict[DialectName, Compiled] = {}
        STATEMENTS[name] = self

    def compiled(self, dialect: DialectName) -> Compiled:
        """Return this Statement for one database, compiled at the first call."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = compile_for(
                self.name, self.query, dialect, self._rows, is_batched=self.is_batched
            )
        return found


class Read(Statement, Generic[Row]):
    """A query whose rows become `into`."""

    def __init__(
        self,
        name: str,
        query: sa.Select[Any] | sa.CompoundSelect[Any],
        into: type[Row],
        scope: Scope,
        reason: str = "",
    ) -> None:
        """Name the columns of `query` after the fields of `into`."""
        super().__init__(name, query, scope, reason)
        self.into = self._rows = into


class Change(Statement):
    """An insert, update or delete."""

    def __init__(
        self,
        name: str,
        query: sa.Insert | sa.Update | sa.Delete,
        scope: Scope,
        reason: str = "",
        *,
        destroys_key: KeyNames | None = None,
    ) -> None:
        """Register a change. Its use says how many rows it must affect (one unless said).

        `destroys_key` names the parameters of the data key that it deletes; a Change that deletes one must have it.
        """
        super().__init__(name, query, scope, reason)
        if (isinstance(query, sa.Delete) and query.table is VAULT_KEYS) != (destroys_key is not None):
            msg = f"{name}: a Change names the key that it destroys, and only such a one does"
            raise ValueError(msg)
        self.destroys_key = destroys_key

    @property
    def precedes(self) -> bool:
        """Return whether it precedes the inserts and deletes of its step: every update does."""
        return isinstance(self.query, sa.Update)


class Upsert(Statement):
    """Rows to insert, or to update if their key exists; applied as a list by `Database.load` alone."""

    is_batched = False

    def __init__(
        self, name: str, model: type[SQLModel], updates: Mapping[str, Any], scope: Scope, reason: str = ""
    ) -> None:
        """Name the parameters of an inserted row after its columns; `updates` are the values if the key exists."""
        table = table_of(model)
        inserted = postgresql.insert(table).values({c.name: param(c.name, c) for c in table.c})
        query = inserted.on_conflict_do_update(index_elements=list(table.primary_key), set_=dict(updates))
        super().__init__(name, query, scope, reason)


def compile_all(dialect: DialectName) -> None:
    """Compile all Statements: before the first request, which would wait, and before a fork, to share the memory."""
    for statement in STATEMENTS.values():
        statement.compiled(dialect)


def param(name: str, column: sa.ColumnElement[Any] | None = None) -> sa.BindParameter[Any]:
    """Return a named parameter with the type of `column`."""
    return sa.bindparam(name, type_=None if column is None else column.type)


def row_key(table: sa.Table | sa.Alias) -> sa.ColumnElement[bool]:
    """Match the row of `clinic_id` and `id`, for Statements without an actor."""
    return sa.and_(table.c.clinic_id == param("clinic_id", table.c.clinic_id), table.c.id == param("id", table.c.id))


def any_for_row(found: sa.Select[Any]) -> sa.ColumnElement[bool]:
    """Match if `found`, correlated with the row under test, has a row; PostgreSQL evaluates it for that row alone.

    PostgreSQL may instead hash an EXISTS beneath OR or NOT: without the correlation, it then reads a whole clinic.
    It never hashes an aggregate of a correlated subquery.
    """
    counted = found.with_only_columns(sa.func.count(), maintain_column_froms=True)
    return counted.scalar_subquery() >= sa.literal_column("1")


def insert_rows(model: type[SQLModel], *guards: sa.ColumnElement[bool]) -> sa.Insert:
    """INSERT one row, given as parameters named after the columns, if every guard holds."""
    table = table_of(model)
    if not guards:
        return sa.insert(table).values({c.name: param(c.name, c) for c in table.c})
    values = sa.select(*(param(c.name, c).label(c.name) for c in table.c)).where(*guards)
    return sa.insert(table).from_select([c.name for c in table.c], values, include_defaults=False)


def next_version(table: sa.Table, columns: Iterable[str]) -> dict[str, Any]:
    """Return the values of an UPDATE of these columns at `expected_version`, which raises the version.

    Ciphertext is bound to the row's version, so every encrypted column is encrypted anew from the loaded row.
    """
    names = dict.fromkeys((*columns, *encrypted_columns(table)))
    return {name: param(name, table.c[name]) for name in names} | {
        "updated_at": param("now", table.c.updated_at),
        "version": table.c.version + 1,
    }


INSERT_VAULT_KEY = Change(
    "insert_vault_key",
    insert_rows(VaultKeyTable),
    Scope.SYSTEM,
    "made together with the owner or clinic whose text it encrypts; the other steps carry the guards",
)
READ_VAULT_KEY = Read(
    "read_vault_key",
    sa.select(VAULT_KEYS.c.clinic_id, VAULT_KEYS.c.id, VAULT_KEYS.c.wrapped_key, VAULT_KEYS.c.created_at).where(
        row_key(VAULT_KEYS)
    ),
    VaultKeyRow,
    Scope.SYSTEM,
    "the product unwraps keys itself; no key ever leaves the process",
)

_first, _last = param("from_key", VAULT_KEYS.c.wrapped_key), param("until_key", VAULT_KEYS.c.wrapped_key)
_begins = sa.and_(VAULT_KEYS.c.wrapped_key >= _first, VAULT_KEYS.c.wrapped_key < _last)


class WrappedCount(BaseModel):
    """The number of wrapped keys."""

    wrapped: int


WRAPPED_KEYS = Read(
    "wrapped_keys",
    sa.select(*VAULT_KEYS.c)
    .where(_begins)
    .order_by(VAULT_KEYS.c.wrapped_key)
    .limit(sa.bindparam("page_rows", type_=sa.Integer())),
    VaultKeyRow,
    Scope.SYSTEM,
    "which master keys are in use, and what is to be wrapped anew; no key ever leaves the process",
)
COUNT_WRAPPED_KEYS = Read(
    "count_wrapped_keys",
    sa.select(sa.func.count().label("wrapped")).select_from(VAULT_KEYS).where(_begins),
    WrappedCount,
    Scope.SYSTEM,
    "run by the command line: how many keys a master key wraps",
)
REWRAP_VAULT_KEY = Change(
    "rewrap_vault_key",
    sa.update(VAULT_KEYS)
    .where(
        row_key(VAULT_KEYS),
        VAULT_KEYS.c.wrapped_key == param("old_key", VAULT_KEYS.c.wrapped_key),
    )
    .values(wrapped_key=param("wrapped_key", VAULT_KEYS.c.wrapped_key)),
    Scope.SYSTEM,
    "run by the command line: the same key under another master key",
)
