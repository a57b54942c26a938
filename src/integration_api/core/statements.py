"""Statements: every query of the product is a named constant, built once and compiled once per database.

A `Read[T]` selects rows into a row class; a `Change` inserts, updates or deletes and says how many rows it must
hit. Both are SQLAlchemy Core expressions over the SQLModel tables with named parameters; `compiled()` turns one
into SQL text for a driver, the order of its parameters, and the conversions of values in and out.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, Literal, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from integration_api.core.tables import (
    SealedJson,
    SealedText,
    VaultKeyRow,
    VaultKeyTable,
    key_owner,
    table_of,
)

__all__ = [
    "STATEMENTS",
    "Change",
    "Compiled",
    "DialectName",
    "Read",
    "Scope",
    "Statement",
    "insert_rows",
    "param",
]

DialectName = Literal["postgresql", "sqlite"]
Row = TypeVar("Row", bound=BaseModel)
Convert = Callable[[Any], Any]

DIALECTS: dict[DialectName, Dialect] = {
    "postgresql": asyncpg.dialect(),  # type: ignore[no-untyped-call]  # SQLAlchemy's dialect constructors are untyped
    "sqlite": sqlite.dialect(paramstyle="qmark"),
}
WRAPPED_KEY = "wrapped_key"


class Scope(Enum):
    """What keeps a Statement to the rows its caller may touch; an architecture test proves each against its SQL."""

    OWNER = "rows of an owner whose rows the actor may see now"
    CLINIC = "rows of the actor's clinic, while the actor is signed in"
    SYSTEM = "run by the product itself, never on behalf of an actor's choice of row"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column (or parameter) whose value is sealed, and where."""

    table: str
    column: str
    is_json: bool
    id_at: int | str
    owner_at: int | str
    clinic_at: int | str


@dataclass(frozen=True, slots=True)
class Compiled:
    """One Statement for one database."""

    sql: str
    parameters: tuple[str, ...]
    converters: Mapping[str, Convert]
    constants: Mapping[str, object]
    sealed_parameters: Mapping[str, Sealed]
    columns: tuple[str, ...]
    readers: tuple[tuple[int, Convert], ...]
    sealed_columns: tuple[tuple[int, Sealed], ...]
    wrapped_key_at: int | None
    kept_back: tuple[str, ...]
    """Columns that are no field of the row class: they do not leave `Database`."""

    def arguments(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """The driver's arguments, in order. Raises KeyError for a parameter without a value."""
        converters, constants = self.converters, self.constants
        found = []
        for name in self.parameters:
            value = constants[name] if name in constants else values[name]
            convert = converters.get(name)
            found.append(convert(value) if convert is not None and value is not None else value)
        return tuple(found)

    @property
    def names(self) -> frozenset[str]:
        """The parameters a caller gives a value for."""
        return frozenset(self.parameters) - frozenset(self.constants)


STATEMENTS: dict[str, "Statement"] = {}


class Statement:
    """A named query. Names are unique in the product."""

    def __init__(self, name: str, query: sa.Executable, scope: Scope, reason: str = "") -> None:
        """`reason` says why a SYSTEM Statement needs no actor, or why one of CLINIC scope may touch an owner's rows."""
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
        """This Statement for one database; compiled the first time."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = _compile(self, DIALECTS[dialect])
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
        """The columns of `query` are named after the fields of `into`."""
        super().__init__(name, query, scope, reason)
        self.into = into


class Change(Statement):
    """An insert, update or delete."""

    def __init__(self, name: str, query: sa.Insert | sa.Update | sa.Delete, scope: Scope, reason: str = "") -> None:
        """How many rows it must hit is said where it is used; one, unless said."""
        super().__init__(name, query, scope, reason)


def param(name: str, column: sa.ColumnElement[Any] | None = None) -> sa.BindParameter[Any]:
    """A named parameter with the type of `column`."""
    return sa.bindparam(name, type_=None if column is None else column.type)


def insert_rows(model: type[SQLModel], *guards: sa.ColumnElement[bool]) -> sa.Insert:
    """INSERT one row given as parameters named after the columns, only where every guard holds."""
    table = table_of(model)
    if not guards:
        return sa.insert(table).values({c.name: param(c.name, c) for c in table.c})
    values = sa.select(*(param(c.name, c).label(c.name) for c in table.c)).where(*guards)
    return sa.insert(table).from_select([c.name for c in table.c], values, include_defaults=False)


def _compile(statement: Statement, dialect: Dialect) -> Compiled:
    compiled = statement.query.compile(dialect=dialect)  # type: ignore[attr-defined]  # every Core construct has it
    assert isinstance(compiled, SQLCompiler)  # noqa: S101  narrows the type; the construct decides it
    parameters = tuple(compiled.positiontup or ())
    converters: dict[str, Convert] = {}
    constants: dict[str, object] = {}
    sealed: dict[str, Sealed] = {}
    for name in dict.fromkeys(parameters):
        bind = compiled.binds[name]
        converter = _writer(bind.type, dialect)
        if isinstance(bind.type, SealedText) and bind.required:
            sealed[name] = _sealed_parameter(statement, name, bind.type)
        elif converter is not None:
            converters[name] = converter
        if not bind.required:
            constants[name] = bind.effective_value
    columns = list(_result_columns(statement.query))
    names = tuple(column.name for column in columns)
    readers = []
    sealed_columns = []
    for at, column in enumerate(columns):
        reader = _reader(column.type, dialect)
        if isinstance(column.type, SealedText):
            sealed_columns.append((at, _sealed_column(statement, columns, column)))
        elif reader is not None:
            readers.append((at, reader))
    wrapped_key_at = names.index(WRAPPED_KEY) if WRAPPED_KEY in names else None
    if sealed_columns and wrapped_key_at is None:
        msg = f"{statement.name} reads sealed text but not the key it is sealed under"
        raise ValueError(msg)
    return Compiled(
        sql=compiled.string if dialect.name == "sqlite" else re.sub(r"\s+", " ", compiled.string),
        parameters=parameters,
        converters=converters,
        constants=constants,
        sealed_parameters=sealed,
        columns=names,
        readers=tuple(readers),
        sealed_columns=tuple(sealed_columns),
        wrapped_key_at=wrapped_key_at,
        kept_back=_kept_back(statement, names),
    )


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """What makes the driver's value from a value of a type: SQLAlchemy's, but where none is needed."""
    if isinstance(kind, sa.Boolean) and dialect.name == "postgresql":
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """What makes a value of a column's type from the driver's: SQLAlchemy's, but where a shorter way gives the same."""
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return {member.value: member for member in kind.enum_class}.__getitem__
    if isinstance(kind, UTCDateTime) and dialect.name == "postgresql":
        return None  # the session's time zone is UTC
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _kept_back(statement: Statement, names: Iterable[str]) -> tuple[str, ...]:
    if not isinstance(statement, Read):
        return ()
    fields = statement.into.model_fields.keys()
    missing = fields - set(names)
    if missing:
        msg = f"{statement.name} does not read {missing} of {statement.into.__name__}"
        raise ValueError(msg)
    return tuple(name for name in names if name not in fields)


def _result_columns(query: sa.Executable) -> Iterable[sa.ColumnElement[Any]]:
    if isinstance(query, sa.SelectBase):
        return [column for column in query.selected_columns if isinstance(column, sa.ColumnElement)]
    return []


def _sealed_parameter(statement: Statement, name: str, kind: SealedText) -> Sealed:
    """A sealed value in a change is bound to the row its other parameters name: clinic_id, id and the owner."""
    table = getattr(statement.query, "table", None)
    if not isinstance(table, sa.Table) or name not in table.c:
        msg = f"{statement.name}: the sealed parameter {name} is not named after a column of its table"
        raise ValueError(msg)
    return Sealed(table.name, name, isinstance(kind, SealedJson), "id", key_owner(table), "clinic_id")


def _sealed_column(statement: Statement, columns: list[sa.ColumnElement[Any]], column: sa.ColumnElement[Any]) -> Sealed:
    origin = next((c for c in column.base_columns if isinstance(c, sa.Column)), None)
    if origin is None or origin.table is None:
        msg = f"{statement.name}: sealed column {column.name} has no table"
        raise ValueError(msg)
    table = origin.table
    assert isinstance(table, sa.Table)  # noqa: S101  a Column's table is one

    def index(name: str) -> int:
        for at, candidate in enumerate(columns):
            if table.c[name] in candidate.base_columns:
                return at
        msg = f"{statement.name} reads {table.name}.{origin.name} without {name}, which it is bound to"
        raise ValueError(msg)

    return Sealed(
        table.name,
        origin.name,
        isinstance(column.type, SealedJson),
        index("id"),
        index(key_owner(table)),
        index("clinic_id"),
    )


VAULT_KEYS = table_of(VaultKeyTable)
INSERT_VAULT_KEY = Change(
    "insert_vault_key",
    insert_rows(VaultKeyTable),
    Scope.SYSTEM,
    "made together with the owner or clinic whose text it seals; the other steps carry the guards",
)
READ_VAULT_KEY = Read(
    "read_vault_key",
    sa.select(VAULT_KEYS.c.clinic_id, VAULT_KEYS.c.id, VAULT_KEYS.c.wrapped_key, VAULT_KEYS.c.created_at).where(
        VAULT_KEYS.c.clinic_id == param("clinic_id", VAULT_KEYS.c.clinic_id),
        VAULT_KEYS.c.id == param("id", VAULT_KEYS.c.id),
    ),
    VaultKeyRow,
    Scope.SYSTEM,
    "the product unwraps keys itself; no key ever leaves the process",
)
