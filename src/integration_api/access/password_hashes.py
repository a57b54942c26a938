"""Password hashing off the event loop."""

import asyncio
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from integration_api.web.errors import Unavailable

Result = TypeVar("Result")


def normal_password(password: str) -> str:
    """Normalize a password, so that it is the same however a keyboard composes its letters (Unicode NFC)."""
    return unicodedata.normalize("NFC", password)


def holder(clinic_id: UUID, account_id: UUID) -> bytes:
    """Return whom a password belongs to: it is wrong for every other account."""
    return clinic_id.bytes + account_id.bytes


class Passwords:
    """Argon2id (RFC 9106) in a small pool of threads; if its queue is full, further work is refused with 503.

    The input is a keyed hash of the account and the whole password. So a copy of the database alone allows no guessing,
    and a hash that was copied to another account is no password there.
    """

    def __init__(self, memory_kib: int, pepper: bytes, threads: int = 2, max_waiting: int = 32) -> None:
        """Take the memory of one hash, and the `pepper`: equal in every process, and not in the database."""
        self._pepper = pepper
        self._hasher = PasswordHasher(time_cost=3, memory_cost=memory_kib, parallelism=4, type=Type.ID)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="argon2")
        self._places = threads + max_waiting
        self._unknown = self._hasher.hash(secrets.token_hex(16))

    async def hash(self, password: str, of: bytes) -> str:
        """Return the encoded hash; `of` is the `holder`. Raises Unavailable."""
        return await self._run(self._hasher.hash, self._peppered(password, of))

    async def is_right(self, encoded: str | None, password: str, of: bytes) -> bool:
        """Return whether the password matches the hash and its `holder`; takes as long if there is no hash.

        Raises Unavailable.
        """
        matches = await self._run(self._verify, encoded or self._unknown, self._peppered(password, of))
        return matches and encoded is not None

    def _peppered(self, password: str, of: bytes) -> str:
        """Return the keyed digest of holder and password. A holder has 32 bytes or none, so no two pairs are alike."""
        return hmac.new(self._pepper, of + normal_password(password).encode(), hashlib.sha256).hexdigest()

    def _verify(self, encoded: str, password: str) -> bool:
        try:
            return self._hasher.verify(encoded, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., Result], *arguments: str) -> Result:
        if self._places == 0:
            raise Unavailable
        self._places -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *arguments)
        finally:
            self._places += 1

    def close(self) -> None:
        """Let running hashes end, and drop waiting ones."""
        self._pool.shutdown(wait=True, cancel_futures=True)
