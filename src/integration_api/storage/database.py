"""The database as the product sees it: read a Statement, apply one atomic step, append rows that may share a commit.

Text is encrypted and decrypted here, between a row of the product and a row of the database. So neither a slice nor a
driver can forget it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import from_json, to_json

from integration_api.core.models import trusted
from integration_api.core.tasks import in_turns
from integration_api.storage.compiling import Compiled, DialectName, EncryptedField
from integration_api.storage.remembered_keys import Owner, RememberedKeys
from integration_api.storage.statements import INSERT_VAULT_KEY, READ_VAULT_KEY, Change, KeyNames, Read, Upsert
from integration_api.storage.vault import DecryptionFailed, Vault, associated_data

Row = TypeVar("Row", bound=BaseModel)
Values = Mapping[str, object]
Keys = Mapping[Owner, bytes]

_TURN_ROWS = 100
"""Of a list, made ready in one turn of the event loop: less than a millisecond."""
_TURN_TEXTS = 25
"""The same, if each row has text to decrypt."""
WAIT_SECONDS = 1.0
"""The longest wait for a place in a batch, a connection or a lock: a hundred times the usual."""


class Missed(Exception):
    """A guarded change affected an unexpected number of rows; nothing was applied."""

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
    """A foreign key refused a change because the row that it refers to does not exist; nothing was applied."""


class DatabaseDown(Exception):
    """The database is unreachable, too busy, or failed; whether a change was applied may be unknown."""

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
    """One change of an atomic step, its values, and the number of rows it must affect (None for any)."""

    change: Change
    values: Values
    rows: int | None = 1


@dataclass(slots=True)
class Rows:
    """One Statement of an atomic step, and the values of each row of a list. It may affect any number of rows."""

    change: Change | Upsert
    values: Sequence[Values]


@dataclass(slots=True)
class Prepared:
    """One change as a driver runs it."""

    sql: str
    arguments: tuple[object, ...]
    rows: int | None


PreparedList = tuple[str, Sequence[tuple[object, ...]]]
"""The SQL of one change, and its arguments for each time that it runs."""


class Driver(Protocol):
    """The interface of the two database drivers."""

    dialect: DialectName

    async def open(self) -> None:
        """Connect. Raises DatabaseDown."""

    async def close(self) -> None:
        """Let running work end and disconnect."""

    async def read(self, sql: str, arguments: tuple[object, ...]) -> Sequence[Sequence[object]]:
        """Run one query."""

    async def apply(self, changes: Sequence[Prepared]) -> None:
        """Apply all changes durably, or none. Raises Missed, Duplicate, BrokenReference, DatabaseDown."""

    async def append(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert rows durably; concurrent callers may share one commit. Raises DatabaseDown."""

    async def scrub(self) -> None:
        """Remove deleted data from the database's files, as far as the database allows."""

    async def load(self, first: Prepared, lists: Sequence[PreparedList]) -> None:
        """Apply one change, then each change of the lists in order, durably, or nothing. Raises as `apply`.

        A change of a list may affect any number of rows.
        """


class Database:
    """A driver and the vault, together."""

    def __init__(self, driver: Driver, vault: Vault) -> None:
        """Not connected until `open`."""
        self.driver, self.vault = driver, vault
        self._dialect = driver.dialect
        self.keys = RememberedKeys()

    async def all(self, read: Read[Row], values: Values) -> list[Row]:
        """Return the rows of a Statement. Raises DatabaseDown, DecryptionFailed."""
        compiled = read.compiled(self._dialect)
        found = await self.driver.read(compiled.sql, compiled.arguments(values))
        turn = _TURN_TEXTS if compiled.encrypted_columns else _TURN_ROWS
        if len(found) <= turn:
            return [self._row(read.into, compiled, raw) for raw in found]
        return await in_turns(found, lambda raw: self._row(read.into, compiled, raw), turn)

    async def one(self, read: Read[Row], values: Values) -> Row | None:
        """Return the first row of a Statement, or None."""
        found = await self.all(read, values)
        return found[0] if found else None

    async def apply(self, steps: Sequence[Step]) -> None:
        """Apply the steps as one. Raises Missed, Duplicate, BrokenReference, DatabaseDown."""
        fresh = dict(_new_key(step.values) for step in steps if step.change is INSERT_VAULT_KEY)
        await self.driver.apply([await self._prepare(at, step, fresh) for at, step in enumerate(steps)])
        self.keys.remember(fresh)
        gone = [(step.values, names) for step in steps if (names := step.change.destroys_key)]
        if gone:
            self._forget(gone)
            await self.driver.scrub()

    async def append(self, change: Change, rows: Sequence[Values]) -> None:
        """Insert rows without encrypted text; concurrent callers may share one commit."""
        compiled = change.compiled(self._dialect)
        await self.driver.append(compiled.sql, [compiled.arguments(row) for row in rows])

    async def load(self, first: Step, *lists: Rows) -> None:
        """Apply one change, then each of the lists, as one step. Raises as `apply`."""
        fresh = dict([_new_key(first.values)]) if first.change is INSERT_VAULT_KEY else {}
        prepared = [await self._prepare_list(rows, fresh) for rows in lists]
        await self.driver.load(await self._prepare(0, first, fresh), prepared)
        self.keys.remember(fresh)

    async def blind_index(
        self, clinic_id: UUID, owner_id: UUID, purpose: str, values: Iterable[str]
    ) -> dict[str, bytes]:
        """Return the blind index of each value under an owner's key; of none if the key does not exist."""
        wrapped = await self._wrapped_key(clinic_id, owner_id)
        if wrapped is None:
            return {}
        return self.vault.unwrap(wrapped, clinic_id, owner_id).blind_index(purpose, values)

    async def _wrapped_key(self, clinic_id: UUID, owner_id: UUID) -> bytes | None:
        """Return an owner's wrapped data key, or None if it does not exist or was destroyed."""
        wrapped = self.keys.get((clinic_id, owner_id))
        if wrapped is None:
            row = await self.one(READ_VAULT_KEY, {"clinic_id": clinic_id, "id": owner_id})
            if row is None:
                return None
            wrapped = row.wrapped_key
            self.keys.remember({(clinic_id, owner_id): wrapped})
        return wrapped

    def _forget(self, gone: Sequence[tuple[Values, KeyNames]]) -> None:
        """Drop destroyed keys from this process's caches. The guard of each change catches those of other processes."""
        for values, names in gone:
            clinic_id, owner_id = values[names.clinic_at], values[names.owner_at]
            assert isinstance(clinic_id, UUID)  # noqa: S101  a key's names are of UUIDs
            assert isinstance(owner_id, UUID)  # noqa: S101  as above
            self.keys.forget((clinic_id, owner_id))
            self.vault.forget(clinic_id, owner_id)

    async def _prepare_list(self, rows: Rows, fresh: Keys) -> PreparedList:
        compiled = rows.change.compiled(self._dialect)
        if compiled.encrypted_parameters and isinstance(rows.change, Change):
            steps = [Step(rows.change, values) for values in rows.values]
            return compiled.sql, [(await self._prepare(0, step, fresh)).arguments for step in steps]
        return compiled.sql, await in_turns(rows.values, compiled.arguments, _TURN_ROWS)

    async def _prepare(self, at: int, step: Step, fresh: Keys) -> Prepared:
        """Encrypt the text of one change. Raises Missed if the owner has no key, as the change's guard would."""
        compiled = step.change.compiled(self._dialect)
        values = step.values
        if compiled.encrypted_parameters:
            values = {
                **values,
                **{n: await self._encrypt(at, s, n, values, fresh) for n, s in compiled.encrypted_parameters.items()},
            }
        return Prepared(compiled.sql, compiled.arguments(values), step.rows)

    async def _encrypt(self, at: int, field: EncryptedField, name: str, values: Values, fresh: Keys) -> bytes | None:
        value = values[name]
        if value is None:
            return None
        clinic_id, owner_id, row_id = (values[str(n)] for n in (field.clinic_at, field.owner_at, field.id_at))
        assert isinstance(clinic_id, UUID)  # noqa: S101  keys are UUIDs by declaration
        assert isinstance(owner_id, UUID)  # noqa: S101  as above
        assert isinstance(row_id, UUID)  # noqa: S101  as above
        text = to_json(value) if field.is_json else str(value).encode()
        wrapped = fresh.get((clinic_id, owner_id)) or await self._wrapped_key(clinic_id, owner_id)
        if wrapped is None:
            raise Missed(at)
        key = self.vault.unwrap(wrapped, clinic_id, owner_id)
        bound = [values[str(name)] for name in field.bound_at]
        version = _version_after(field, values)
        return key.encrypt(text, associated_data(field.table, row_id, field.column, version, bound))

    def _row(self, into: type[Row], compiled: Compiled, raw: Sequence[object]) -> Row:
        values = list(raw)
        for at, read in compiled.readers:
            if values[at] is not None:
                values[at] = read(values[at])
        if compiled.encrypted_columns:
            self._decrypt(compiled, values)
        fields: dict[str, Any] = dict(zip(compiled.columns, values, strict=False))  # a driver may add what it needs
        for name in compiled.kept_back:
            del fields[name]
        return trusted(into, fields)

    def _decrypt(self, compiled: Compiled, values: list[object]) -> None:
        wrapped = values[compiled.wrapped_key_at or 0]
        for at, field in compiled.encrypted_columns:
            text = values[at]
            if text is None:
                continue
            clinic_id, owner_id, row_id = values[field.clinic_at], values[field.owner_at], values[field.id_at]  # type: ignore[index]  # a column's index is a number
            version = 0 if field.version_at is None else values[field.version_at]  # type: ignore[index]  # as above
            if not (isinstance(wrapped, bytes) and isinstance(text, bytes) and isinstance(version, int)):
                raise DecryptionFailed
            key = self.vault.unwrap(wrapped, clinic_id, owner_id)  # type: ignore[arg-type]  # keys are UUIDs by declaration
            bound = [values[at] for at in field.bound_at]  # type: ignore[index]  # a column's index is a number
            plain = key.decrypt(text, associated_data(field.table, row_id, field.column, version, bound))  # type: ignore[arg-type]  # as above
            values[at] = from_json(plain) if field.is_json else plain.decode()


def _new_key(values: Values) -> tuple[Owner, bytes]:
    """Return the key that this step stores: it encrypts the step's other rows, and is cached once stored."""
    clinic_id, owner_id, wrapped = values["clinic_id"], values["id"], values["wrapped_key"]
    assert isinstance(clinic_id, UUID)  # noqa: S101  columns of vault_keys
    assert isinstance(owner_id, UUID)  # noqa: S101  as above
    assert isinstance(wrapped, bytes)  # noqa: S101  as above
    return (clinic_id, owner_id), wrapped


def _version_after(field: EncryptedField, values: Values) -> int:
    """Return the version of the row after a change."""
    if field.version_at is None:
        return 0
    version = values[str(field.version_at)]
    assert isinstance(version, int)  # noqa: S101  a number by declaration
    return version + field.is_raised
