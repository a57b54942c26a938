"""A Statement for one database: SQL text, the order of its parameters, and the conversions of values in and out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from integration_api.storage.postgres_sql import one_line
from integration_api.storage.tables import EncryptedJson, EncryptedText, bound_columns, key_owner

DialectName = Literal["postgresql", "sqlite"]
Convert = Callable[[Any], Any]

DIALECTS: dict[DialectName, Dialect] = {
    "postgresql": asyncpg.dialect(),  # type: ignore[no-untyped-call]  # SQLAlchemy's dialect constructors are untyped
    "sqlite": sqlite.dialect(paramstyle="qmark"),
}
WRAPPED_KEY = "wrapped_key"


@dataclass(frozen=True, slots=True)
class EncryptedField:
    """An encrypted column or parameter, and the names or indexes of the values that its ciphertext is bound to."""

    table: str
    column: str
    is_json: bool
    id_at: int | str
    owner_at: int | str
    clinic_at: int | str
    version_at: int | str | None
    """None if the table's rows have no version; the ciphertext is then bound to version 0."""
    is_raised: bool = False
    """Whether the value at `version_at` is the version before the change."""
    bound_at: tuple[int | str, ...] = ()
    """Of the values of `bound_columns`, which are those after the change."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One Statement for one database."""

    sql: str
    parameters: tuple[str, ...]
    distinct: tuple[str, ...]
    places: tuple[int, ...] | None
    """For each parameter its place in `distinct`; None if none is repeated. Only SQLite's have to be."""
    converters: Mapping[str, Convert]
    constants: Mapping[str, object]
    """As the driver takes them."""
    encrypted_parameters: Mapping[str, EncryptedField]
    columns: tuple[str, ...]
    readers: tuple[tuple[int, Convert], ...]
    encrypted_columns: tuple[tuple[int, EncryptedField], ...]
    wrapped_key_at: int | None
    kept_back: tuple[str, ...]
    """Columns that are no field of the row class; they do not leave `Database`."""

    def arguments(self, values: Mapping[str, object]) -> tuple[object, ...]:
        """Return the driver's arguments, in order. Raises KeyError for a parameter without a value."""
        converters, constants = self.converters, self.constants
        found = []
        for name in self.distinct:
            if name in constants:
                found.append(constants[name])
                continue
            value, convert = values[name], converters.get(name)
            found.append(convert(value) if convert is not None and value is not None else value)
        return tuple(found) if self.places is None else tuple([found[place] for place in self.places])

    @property
    def names(self) -> frozenset[str]:
        """Return the parameters that a caller gives a value for."""
        return frozenset(self.parameters) - frozenset(self.constants)


@dataclass(frozen=True, slots=True)
class _Query:
    """The query to compile, and the row class of its rows."""

    name: str
    query: sa.Executable
    into: type[BaseModel] | None


def compile_for(
    statement_name: str,
    query: sa.Executable,
    dialect_name: DialectName,
    into: type[BaseModel] | None = None,
    *,
    is_batched: bool = True,
) -> Compiled:
    """Compile a query for one database.

    Raises ValueError if it reads or writes ciphertext without the values that bind it. Raises it too if the query
    `is_batched` and its form for many requests would mean something else.
    """
    statement, dialect = _Query(statement_name, query, into), DIALECTS[dialect_name]
    compiled = statement.query.compile(dialect=dialect)  # type: ignore[attr-defined]  # every Core construct has it
    assert isinstance(compiled, SQLCompiler)  # noqa: S101  narrows the type; the construct decides it
    parameters = tuple(compiled.positiontup or ())
    distinct = tuple(dict.fromkeys(parameters))
    converters: dict[str, Convert] = {}
    constants: dict[str, object] = {}
    encrypted: dict[str, EncryptedField] = {}
    for name in distinct:
        bind = compiled.binds[name]
        converter = _writer(bind.type, dialect)
        if isinstance(bind.type, EncryptedText) and bind.required:
            encrypted[name] = _encrypted_parameter(statement, name, bind.type, parameters)
        elif not bind.required:
            value = bind.effective_value
            constants[name] = converter(value) if converter is not None and value is not None else value
        elif converter is not None:
            converters[name] = converter
    columns = list(_result_columns(statement.query))
    names = tuple(column.name for column in columns)
    readers = []
    encrypted_columns = []
    for at, column in enumerate(columns):
        reader = _reader(column.type, dialect)
        if isinstance(column.type, EncryptedText):
            encrypted_columns.append((at, _encrypted_column(statement, columns, column)))
        elif reader is not None:
            readers.append((at, reader))
    wrapped_key_at = names.index(WRAPPED_KEY) if WRAPPED_KEY in names else None
    if encrypted_columns and wrapped_key_at is None:
        msg = f"{statement.name} reads ciphertext but not its key: select wrapped_key too"
        raise ValueError(msg)
    return Compiled(
        sql=one_line(compiled.string) if is_batched and dialect.name == "postgresql" else compiled.string,
        parameters=parameters,
        distinct=distinct,
        places=tuple(map(distinct.index, parameters)) if distinct != parameters else None,
        converters=converters,
        constants=constants,
        encrypted_parameters=encrypted,
        columns=names,
        readers=tuple(readers),
        encrypted_columns=tuple(encrypted_columns),
        wrapped_key_at=wrapped_key_at,
        kept_back=_kept_back(statement, names),
    )


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return the converter from a value to the driver's, or None if the driver takes the value as it is."""
    if isinstance(kind, sa.Boolean) and dialect.name == "postgresql":
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """Return the converter from the driver's value to a column's type, or None if they are equal.

    SQLAlchemy's own, except for enums and times, where a cheaper one gives the same. Drivers give floats as they are.
    """
    if isinstance(kind, sa.Enum) and kind.enum_class is not None:
        return {member.value: member for member in kind.enum_class}.__getitem__
    if isinstance(kind, UTCDateTime) and dialect.name == "postgresql":
        return None  # the session's time zone is UTC
    if isinstance(kind, sa.Float):
        return None
    return kind.dialect_impl(dialect).result_processor(dialect, None)


def _kept_back(statement: _Query, names: Iterable[str]) -> tuple[str, ...]:
    if statement.into is None:
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


def _encrypted_parameter(
    statement: _Query, name: str, kind: EncryptedText, parameters: tuple[str, ...]
) -> EncryptedField:
    """Bind a ciphertext in a change to the row that other parameters name: clinic_id, id, owner and version."""
    table = getattr(statement.query, "table", None)
    if not isinstance(table, sa.Table) or name not in table.c:
        msg = f"{statement.name}: the encrypted parameter {name} is not named after a column of its table"
        raise ValueError(msg)
    is_raised = isinstance(statement.query, sa.Update)
    version_at = ("expected_version" if is_raised else "version") if "version" in table.c else None
    if version_at is not None and version_at not in parameters:
        msg = f"{statement.name} encrypts {table.name}.{name} without {version_at}, which it is bound to"
        raise ValueError(msg)
    return EncryptedField(
        table.name,
        name,
        isinstance(kind, EncryptedJson),
        "id",
        key_owner(table),
        "clinic_id",
        version_at,
        is_raised,
        bound_columns(table),
    )


def _encrypted_column(
    statement: _Query, columns: list[sa.ColumnElement[Any]], column: sa.ColumnElement[Any]
) -> EncryptedField:
    origin = next((c for c in column.base_columns if isinstance(c, sa.Column)), None)
    if origin is None or origin.table is None:
        msg = f"{statement.name}: the encrypted column {column.name} has no table"
        raise ValueError(msg)
    table = origin.table
    assert isinstance(table, sa.Table)  # noqa: S101  a Column's table is one

    def index(name: str) -> int:
        for at, candidate in enumerate(columns):
            if table.c[name] in candidate.base_columns:
                return at
        msg = f"{statement.name} reads {table.name}.{origin.name} without {name}, which it is bound to"
        raise ValueError(msg)

    return EncryptedField(
        table.name,
        origin.name,
        isinstance(column.type, EncryptedJson),
        index("id"),
        index(key_owner(table)),
        index("clinic_id"),
        index("version") if "version" in table.c else None,
        bound_at=tuple(index(name) for name in bound_columns(table)),
    )
