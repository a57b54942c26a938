"""Exchanging the data key of one chart: every text of it is encrypted anew under a new key, while servers run.

1. The new key is stored together with the old one. From then on servers encrypt under the new one, and decrypt by both.
2. Every text under the old key is encrypted anew, a page at a time.
3. Servers that remember the old key alone forget it within `KEY_SECONDS`. After twice that, what they wrote meanwhile
   is encrypted anew.
4. The old key is removed, and every text is looked at once more.

Killed at any point, nothing is lost, and the next run goes on. The rows are changed past the Statements, as the owner
of the tables: no Statement may change a signed note.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from integration_api.app import open_database
from integration_api.core.clock import system_clock
from integration_api.operating.chart_packages import find_clinic
from integration_api.operating.chart_tags import TAGGED, renew_tags, words_of
from integration_api.operating.checks import NotDone
from integration_api.operating.own_connections import OwnConnection, own_connection
from integration_api.operating.progress import Advance, Begin, silent
from integration_api.operating.row_copies import tables
from integration_api.resources.journal.psychotherapy_notes.domain import domain_in
from integration_api.settings import Settings
from integration_api.storage.remembered_keys import KEY_SECONDS
from integration_api.storage.statements import VAULT_KEYS
from integration_api.storage.tables import bound_columns, encrypted_columns, key_owner
from integration_api.storage.vault import DataKey, DecryptionFailed, Vault, associated_data

PAGE_ROWS = 50
SETTLE_SECONDS = 2 * KEY_SECONDS
"""After this no server encrypts under a key that it read before. Twice, for what was on its way to the database."""
Settle = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The number of texts that were encrypted anew, and of the keys that were exchanged."""

    texts: int
    keys: int


async def exchange_chart_key(
    settings: Settings, patient_id: UUID, clinic: str | None, settle: Settle, begin: Begin = silent
) -> Exchanged:
    """Exchange the data key of a chart, and that of its psychotherapy notes if it has one.

    `settle` waits for the seconds that it is given. Raises NotDone, DatabaseDown.
    """
    async with open_database(settings) as database:
        clinic_id = (await find_clinic(database, clinic)).clinic_id
        vault, now = database.vault, system_clock()
        owners = (patient_id, domain_in(vault, clinic_id, patient_id))
        async with own_connection(settings) as own:
            chart = _Chart(vault, own, clinic_id, owners)
            await chart.begin(patient_id, now)
            advance = begin(2 * await chart.count())
            texts = await chart.encrypt_anew(advance)
            await settle(SETTLE_SECONDS)
            await chart.check()
            texts += await chart.encrypt_anew(advance)
            keys = await chart.end()
            while missed := await chart.encrypt_anew(silent(0)):
                texts += missed
    return Exchanged(texts, keys)


class _Chart:
    """One chart on its way from its old key to a new one."""

    def __init__(self, vault: Vault, own: OwnConnection, clinic_id: UUID, owners: Sequence[UUID]) -> None:
        self.vault, self.own, self.clinic_id, self.owners = vault, own, clinic_id, owners
        self.keys: dict[UUID, DataKey] = {}
        """By owner: both keys, while the old one may still be needed."""

    async def begin(self, patient_id: UUID, now: object) -> None:
        """Store a new key with each old one, unless an earlier run did. Raises NotDone."""

        def both(wrapped: bytes, owner_id: UUID) -> bytes:
            return self.vault.with_new_key(wrapped, self.clinic_id, owner_id)

        for owner_id in self.owners:
            wrapped = await self._replace(owner_id, both, created_at=now)
            if wrapped is None and owner_id == patient_id:
                raise NotDone("there is no such chart in this clinic, or it was erased")
            if wrapped is not None:
                self.keys[owner_id] = self.vault.unwrap(wrapped, self.clinic_id, owner_id)

    async def check(self) -> None:
        """Raise NotDone if the keys are not those of this exchange any more."""
        await self._replace_each(self._same)

    async def end(self) -> int:
        """Remove the old keys, and return the number of keys that were exchanged. Raises NotDone."""

        def alone(wrapped: bytes, owner_id: UUID) -> bytes:
            return self.vault.without_older_key(self._same(wrapped, owner_id), self.clinic_id, owner_id)

        await self._replace_each(alone)
        return len(self.keys)

    def _same(self, wrapped: bytes, owner_id: UUID) -> bytes:
        if not self.keys[owner_id].is_same(self.vault.unwrap(wrapped, self.clinic_id, owner_id)):
            raise NotDone("the key of this chart was exchanged by another run meanwhile; nothing is left to do here")
        return wrapped

    async def _replace_each(self, made: Callable[[bytes, UUID], bytes]) -> None:
        for owner_id in self.keys:
            if await self._replace(owner_id, made) is None:
                raise NotDone("the chart was erased meanwhile: there is nothing left to exchange")

    async def _replace(self, owner_id: UUID, made: Callable[[bytes, UUID], bytes], **more: object) -> bytes | None:
        """Replace a wrapped key, and return it; None if there is none. `keys rotate` may be at it too."""
        row = sa.and_(VAULT_KEYS.c.clinic_id == self.clinic_id, VAULT_KEYS.c.id == owner_id)
        stored = sa.select(VAULT_KEYS.c.wrapped_key).where(row)
        while (wrapped := await self.own.run(lambda at: at.execute(stored).scalar())) is not None:
            new = made(wrapped, owner_id)
            change = sa.update(VAULT_KEYS).where(row, VAULT_KEYS.c.wrapped_key == wrapped)
            values = change.values(wrapped_key=new, **more)
            if new == wrapped or await self.own.run(partial(_changed, values)):
                return new
        return None

    async def count(self) -> int:
        """Return the number of rows with text of this chart."""

        def counted(connection: sa.Connection) -> int:
            return sum(connection.execute(query).scalar_one() for query in queries)

        rows = [(table, owner) for table, owner in self._tables()]
        queries = [
            sa.select(sa.func.count()).select_from(table).where(_of(table, self.clinic_id, owner))
            for table, owner in rows
        ]
        return await self.own.run(counted)

    async def encrypt_anew(self, advance: Advance) -> int:
        """Encrypt every text that is not under the new key, and return their number. Raises NotDone."""
        count = 0
        for table, owner_id in self._tables():
            page = _Page(table, self.clinic_id, owner_id, self.keys[owner_id])
            after: UUID | None = UUID(int=0)
            while after is not None:
                rows, after, anew = await self.own.run(partial(page.run, after=after))
                count += anew
                advance(rows)
        return count

    def _tables(self) -> list[tuple[sa.Table, UUID]]:
        """Return each table with text under one of the keys, and the owner of that key."""
        found = [table for table in tables() if encrypted_columns(table) and key_owner(table) != "clinic_id"]
        return [(table, owner_id) for owner_id in self.keys for table in found]


def _of(table: sa.Table, clinic_id: UUID, owner_id: UUID) -> sa.ColumnElement[bool]:
    """Match the rows of a table whose text is under the key of an owner."""
    return sa.and_(table.c.clinic_id == clinic_id, table.c[key_owner(table)] == owner_id)


def _changed(change: sa.Update, connection: sa.Connection) -> int:
    """Make a change, and return the number of rows."""
    return connection.execute(change).rowcount


class _Page:
    """The rows of one table whose text is under one key, a page at a time."""

    def __init__(self, table: sa.Table, clinic_id: UUID, owner_id: UUID, key: DataKey) -> None:
        self.table, self.clinic_id, self.owner_id, self.key, self.newest = table, clinic_id, owner_id, key, key.newest
        self.of_chart = _of(table, clinic_id, owner_id)
        self.texts = encrypted_columns(table)
        bound = [table.c[name] for name in ("id", *bound_columns(table)) + (("version",) * ("version" in table.c))]
        self.columns = list(dict.fromkeys([*bound, *(table.c[name] for name in self.texts)]))

    def run(self, connection: sa.Connection, after: UUID) -> tuple[int, UUID | None, int]:
        """Return the number of rows, the last of them (None at the end), and of texts that were encrypted anew.

        A row that was changed since it was read is left as it is: that change was encrypted by a server.
        """
        query = sa.select(*self.columns).where(self.of_chart, self.table.c.id > after).order_by(self.table.c.id)
        rows = connection.execute(query.limit(PAGE_ROWS)).mappings().all()
        count = 0
        for row in rows:
            anew = {name: text for name in self.texts if (text := self._anew(row, name)) is not None}
            if anew:
                same = [self.table.c[name] == row[name] for name in anew]
                change = sa.update(self.table).where(self.of_chart, self.table.c.id == row["id"], *same).values(anew)
                count += len(anew) * connection.execute(change).rowcount
        if self.table is TAGGED:
            words = {row["id"]: (row["version"], words_of(self._plain(row, "content"))) for row in rows}
            renew_tags(connection, self.clinic_id, self.owner_id, words, self.key)
        return len(rows), rows[-1]["id"] if len(rows) == PAGE_ROWS else None, count

    def _anew(self, row: Mapping[Any, Any], name: str) -> bytes | None:
        """Return a text under the new key; None if it is, or if there is none. Raises NotDone."""
        if row[name] is None:
            return None
        associated = self._associated(row, name)
        try:
            self.newest.decrypt(row[name], associated)
        except DecryptionFailed:
            return self.newest.encrypt(self._plain(row, name), associated)
        return None

    def _associated(self, row: Mapping[Any, Any], name: str) -> bytes:
        bound = [row[column] for column in bound_columns(self.table)]
        return associated_data(self.table.name, row["id"], name, row.get("version", 0), bound)

    def _plain(self, row: Mapping[Any, Any], name: str) -> bytes:
        try:
            return self.key.decrypt(row[name], self._associated(row, name))
        except DecryptionFailed as error:
            raise NotDone(
                f"{self.table.name} {row['id']}: a text does not open, so the old key stays: it was altered, or is of "
                "another key. Run `integration-api ledger verify`; docs/keys.md says what it means"
            ) from error
