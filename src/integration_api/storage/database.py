"""The database as the product sees it: read a Statement, apply one atomic step, append rows that may share a commit.

Sealing and opening happen here, between a row of the product and a row of
the database, so that neither a slice nor a driver can forget them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import from_json, to_json

from integration_api.core.models import trusted
from integration_api.storage.compiling import Compiled, DialectName, Sealed
from integration_api.storage.statements import INSERT_VAULT_KEY, READ_VAULT_KEY, Change, KeyNames, Read
from integration_api.storage.vault import SealBroken, Vault, place

Row = TypeVar("Row", bound=BaseModel)
Values = Mapping[str, object]
Keys = Mapping[tuple[UUID, UUID], bytes]

_MOST_KEYS = 20_000
WAIT_SECONDS = 1.0
"""For a turn, a connection or a lock: a hundred times what it takes when the database is well."""


class Missed(Exception):
    """A guarded change hit another number of rows than it must; nothing was applied."""

    def __init__(self, step: int) -> None:
        """`step` is the position of the change in its atomic step."""
        super().__init__(step)
        self.step = step


class Duplicate(Exception):
    """A unique constraint refused a change; nothing was applied."""

    def __init__(self, constraint: str) -> None:
        """`constraint` is its name in the schema, on either database."""
        super().__init__(constraint)
        self.constraint = constraint


class BrokenReference(Exception):
    """A foreign key refused a change: what it refers to is not there (any more); nothing was applied."""


class DatabaseDown(Exception):
    """The database cannot be reached, is too busy, or failed; whether a change was applied may be unknown."""

    def __init__(self, reason: str = "busy") -> None:
        """`reason` is for the log: a class or a code of an error, never its text."""
        super().__init__(reason)
        self.reason = reason


class DatabaseUnfit(DatabaseDown):
    """The database, or its address, cannot be used as it is. The message says why, in one line and for the operator."""

    def __init__(self, message: str) -> None:
        """`message` holds no secret: of an address, the names of parameters alone."""
        super().__init__("unfit")
        self.message = message

    def __str__(self) -> str:
        """Return the message."""
        return self.message


@dataclass(slots=True)
class Step:
    """One change of an atomic step, its values, and how many rows it must hit; None: any number."""

    change: Change
    values: Values
    rows: int | None = 1


@dataclass(slots=True)
class Prepared:
    """One change as a driver runs it."""

    sql: str
    arguments: tuple[object, ...]
    rows: int | None


class Driver(Protocol):
    """What a database driver does; there are two."""

    dialect: DialectName

    async def open(self) -> None:
        """Connect. Raises DatabaseDown."""

    async def close(self) -> None:
        """Let running work end and disconnect."""

    async def read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        """Run one query."""

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """All of them, durably, or none. Raises Missed, Duplicate, BrokenReference, DatabaseDown."""

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert rows durably; concurrent callers may share one commit. Raises DatabaseDown."""

    async def scrub(self) -> None:
        """Something was deleted for good: leave no trace of it in files, as far as the database lets us."""

    async def load(self, first: Prepared, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """One change and then many rows, durably, or nothing. Raises as `apply`."""


class Database:
    """A driver and the vault, together."""

    def __init__(self, driver: Driver, vault: Vault) -> None:
        """Not connected until `open`."""
        self.driver, self.vault = driver, vault
        self._dialect = driver.dialect
        self._keys: dict[tuple[UUID, UUID], bytes] = {}  # wrapped: an open one takes twenty times as much

    async def all(self, read: Read[Row], values: Values) -> list[Row]:
        """The rows of a Statement. Raises DatabaseDown, SealBroken."""
        compiled = read.compiled(self._dialect)
        found = await self.driver.read(compiled.sql, compiled.arguments(values))
        return [self._row(read.into, compiled, raw) for raw in found]

    async def one(self, read: Read[Row], values: Values) -> Row | None:
        """The first row of a Statement, or None."""
        found = await self.all(read, values)
        return found[0] if found else None

    async def apply(self, steps: Sequence[Step]) -> None:
        """Apply the steps as one. Raises Missed, Duplicate, BrokenReference, DatabaseDown."""
        fresh = dict(_new_key(step.values) for step in steps if step.change is INSERT_VAULT_KEY)
        await self.driver.apply([await self._prepare(at, step, fresh) for at, step in enumerate(steps)])
        self._keys.update(fresh)
        gone = [(step.values, names) for step in steps if (names := step.change.destroys_key)]
        if gone:
            self._forget(gone)
            await self.driver.scrub()

    async def append(self, change: Change, rows: Sequence[Values]) -> None:
        """Insert rows that carry no sealed text; concurrent callers may share one commit."""
        compiled = change.compiled(self._dialect)
        await self.driver.append(compiled.sql, [compiled.arguments(row) for row in rows])

    async def load(self, first: Step, change: Change, rows: Sequence[Values]) -> None:
        """Apply one change and insert many rows as one step; none carries sealed text. Raises as `apply`."""
        compiled = change.compiled(self._dialect)
        await self.driver.load(
            await self._prepare(0, first, {}), compiled.sql, [compiled.arguments(row) for row in rows]
        )

    async def _wrapped_key(self, clinic_id: UUID, owner_id: UUID) -> bytes | None:
        """An owner's data key, or None where there is no such owner (any more)."""
        wrapped = self._keys.get((clinic_id, owner_id))
        if wrapped is None:
            row = await self.one(READ_VAULT_KEY, {"clinic_id": clinic_id, "id": owner_id})
            if row is None:
                return None
            if len(self._keys) >= _MOST_KEYS:
                self._keys.clear()
            wrapped = self._keys[clinic_id, owner_id] = row.wrapped_key
        return wrapped

    def _forget(self, gone: Sequence[tuple[Values, KeyNames]]) -> None:
        """Keys were destroyed: other processes may remember them still, and are told by each change's guard."""
        for values, names in gone:
            clinic_id, owner_id = values[names.clinic_at], values[names.owner_at]
            assert isinstance(clinic_id, UUID)  # noqa: S101  a key's names are of UUIDs
            assert isinstance(owner_id, UUID)  # noqa: S101  as above
            self._keys.pop((clinic_id, owner_id), None)
            self.vault.forget(clinic_id, owner_id)

    async def _prepare(self, at: int, step: Step, fresh: Keys) -> Prepared:
        """Its text sealed. What would belong to an owner that does not exist misses as its guard would."""
        compiled = step.change.compiled(self._dialect)
        values = step.values
        if compiled.sealed_parameters:
            values = {
                **values,
                **{n: await self._seal(at, s, n, values, fresh) for n, s in compiled.sealed_parameters.items()},
            }
        return Prepared(compiled.sql, compiled.arguments(values), step.rows)

    async def _seal(self, at: int, sealed: Sealed, name: str, values: Values, fresh: Keys) -> bytes | None:
        value = values[name]
        if value is None:
            return None
        clinic_id, owner_id, row_id = (values[str(n)] for n in (sealed.clinic_at, sealed.owner_at, sealed.id_at))
        assert isinstance(clinic_id, UUID)  # noqa: S101  keys are UUIDs by declaration
        assert isinstance(owner_id, UUID)  # noqa: S101  as above
        assert isinstance(row_id, UUID)  # noqa: S101  as above
        text = to_json(value) if sealed.is_json else str(value).encode()
        wrapped = fresh.get((clinic_id, owner_id)) or await self._wrapped_key(clinic_id, owner_id)
        if wrapped is None:
            raise Missed(at)
        key = self.vault.unwrap(wrapped, clinic_id, owner_id)
        return key.seal(text, place(sealed.table, row_id, sealed.column, _version_after(sealed, values)))

    def _row(self, into: type[Row], compiled: Compiled, raw: Sequence[object]) -> Row:
        values = list(raw)
        for at, read in compiled.readers:
            if values[at] is not None:
                values[at] = read(values[at])
        if compiled.sealed_columns:
            self._open(compiled, values)
        fields: dict[str, Any] = dict(zip(compiled.columns, values, strict=False))  # a driver may add what it needs
        for name in compiled.kept_back:
            del fields[name]
        return trusted(into, fields)

    def _open(self, compiled: Compiled, values: list[object]) -> None:
        wrapped = values[compiled.wrapped_key_at or 0]
        for at, sealed in compiled.sealed_columns:
            text = values[at]
            if text is None:
                continue
            clinic_id, owner_id, row_id = values[sealed.clinic_at], values[sealed.owner_at], values[sealed.id_at]  # type: ignore[index]  # a column's place is a number
            version = 0 if sealed.version_at is None else values[sealed.version_at]  # type: ignore[index]  # as above
            if not (isinstance(wrapped, bytes) and isinstance(text, bytes) and isinstance(version, int)):
                raise SealBroken
            key = self.vault.unwrap(wrapped, clinic_id, owner_id)  # type: ignore[arg-type]  # keys are UUIDs by declaration
            opened = key.open(text, place(sealed.table, row_id, sealed.column, version))  # type: ignore[arg-type]  # as above
            values[at] = from_json(opened) if sealed.is_json else opened.decode()


def _new_key(values: Values) -> tuple[tuple[UUID, UUID], bytes]:
    """A key that this very step stores: it seals the step's other rows, and is remembered once stored."""
    clinic_id, owner_id, wrapped = values["clinic_id"], values["id"], values["wrapped_key"]
    assert isinstance(clinic_id, UUID)  # noqa: S101  columns of vault_keys
    assert isinstance(owner_id, UUID)  # noqa: S101  as above
    assert isinstance(wrapped, bytes)  # noqa: S101  as above
    return (clinic_id, owner_id), wrapped


def _version_after(sealed: Sealed, values: Values) -> int:
    """The version that the row has once a change is applied."""
    if sealed.version_at is None:
        return 0
    version = values[str(sealed.version_at)]
    assert isinstance(version, int)  # noqa: S101  a number by declaration
    return version + sealed.is_raised
