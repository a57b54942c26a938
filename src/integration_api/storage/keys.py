"""The keys of a database as a whole: unwrapping its root secret, and rotating the master key while servers run.

A wrapped key begins with the id of its master key, and an index covers that. So one small query for each master key
finds those in use, however many owners there are.
"""

from collections.abc import Callable
from datetime import datetime

from integration_api.storage.database import Database, Duplicate, Step
from integration_api.storage.statements import (
    COUNT_WRAPPED_KEYS,
    INSERT_VAULT_KEY,
    READ_VAULT_KEY,
    REWRAP_VAULT_KEY,
    WRAPPED_KEYS,
)
from integration_api.storage.tables import VaultKeyRow
from integration_api.storage.vault import HEADER_BYTES, NOBODY, DecryptionFailed

_PAGE = 50
_END = b"\xff" * HEADER_BYTES
_ROOT = {"clinic_id": NOBODY, "id": NOBODY}


class MasterKeyWrong(Exception):
    """The given master keys do not open this database; the message names them by id only."""


async def unlock(database: Database, now: datetime) -> None:
    """Unwrap the root secret; the first process makes it. Raises MasterKeyWrong, DatabaseDown.

    Every master key in use must be given. A missing one would fail later, owner by owner.
    """
    in_use = await master_keys_in_use(database)
    missing = [header[1:].hex() for header in in_use if not database.vault.accepts(header)]
    if missing:
        msg = (
            f"keys of this database are wrapped under master key {' and '.join(missing)}, which was not given; give it "
            "as INTEGRATION_API_MASTER_KEY_PREVIOUS_FILE until `integration-api keys rotate` has ended"
        )
        raise MasterKeyWrong(msg)
    root = await database.one(READ_VAULT_KEY, _ROOT)
    if root is None and in_use:
        msg = "this database has keys but no root secret: it was removed; put it back from a backup"
        raise MasterKeyWrong(msg)
    root = root or await _make_root(database, now)
    try:
        database.vault.unlock(root.wrapped_key)
    except DecryptionFailed as error:
        msg = "the root secret of this database does not open: it was altered"
        raise MasterKeyWrong(msg) from error


async def _make_root(database: Database, now: datetime) -> VaultKeyRow:
    """Make the root secret, unless another process was first; return the one that is stored."""
    made = VaultKeyRow(**_ROOT, wrapped_key=database.vault.new_root(), created_at=now)
    try:
        await database.apply([Step(INSERT_VAULT_KEY, made.__dict__)])
    except Duplicate:
        found = await database.one(READ_VAULT_KEY, _ROOT)
        assert found is not None  # noqa: S101  it collided with it
        return found
    return made


async def master_keys_in_use(database: Database) -> list[bytes]:
    """Return the headers of the wrapped keys: format and id of each master key in use. Raises DatabaseDown."""
    found: list[bytes] = []
    while row := await _page(database, _after(found[-1]) if found else b"", _END, 1):
        found.append(row[0].wrapped_key[:HEADER_BYTES])
    return found


async def count_by_master_key(database: Database) -> dict[bytes, int]:
    """Return the number of keys that each master key wraps. Raises DatabaseDown."""
    counted = {}
    for header in await master_keys_in_use(database):
        found = await database.one(COUNT_WRAPPED_KEYS, {"from_key": header, "until_key": _after(header)})
        counted[header] = found.wrapped if found else 0
    return counted


async def rotate(database: Database, done: Callable[[int], None] = lambda _: None) -> int:
    """Wrap every key anew that is wrapped by an older master key; return their number.

    Each page is one step, and each row changes only if it is as it was read. So it may be killed, repeated, run twice
    at a time, and run beside servers. It ends when no such key is left, new ones included.
    """
    vault, count = database.vault, 0
    while old := [header for header in await master_keys_in_use(database) if header != vault.header]:
        while rows := await _page(database, old[0], _after(old[0]), _PAGE):
            await database.apply([_rewrapped(database, row) for row in rows])
            count += len(rows)
            done(len(rows))
    return count


async def open_every_key(database: Database) -> int:
    """Unwrap every key once, and return their number. Raises MasterKeyWrong, DatabaseDown."""
    count, after = 0, b""
    while rows := await _page(database, after, _END, _PAGE):
        for row in rows:
            try:
                database.vault.unwrap(row.wrapped_key, row.clinic_id, row.id)
            except DecryptionFailed as error:
                raise MasterKeyWrong("a key of this database does not open: it was altered") from error
        count, after = count + len(rows), rows[-1].wrapped_key + b"\0"
    return count


def _rewrapped(database: Database, row: VaultKeyRow) -> Step:
    wrapped = database.vault.rewrap(row.wrapped_key, row.clinic_id, row.id)
    values = {"clinic_id": row.clinic_id, "id": row.id, "old_key": row.wrapped_key, "wrapped_key": wrapped}
    return Step(REWRAP_VAULT_KEY, values, rows=None)


async def _page(database: Database, start: bytes, end: bytes, rows: int) -> list[VaultKeyRow]:
    return await database.all(WRAPPED_KEYS, {"from_key": start, "until_key": end, "page_rows": rows})


def _after(header: bytes) -> bytes:
    """Return the smallest key that is greater than every key with this header."""
    return (int.from_bytes(header, "big") + 1).to_bytes(HEADER_BYTES, "big")
