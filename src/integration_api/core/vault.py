"""Sealed text: envelope encryption, so that neither the database nor a backup of it can be read.

A master key (32 bytes, outside the database) wraps one random data key per owner; a data key seals text with
AES-256-GCM. Every sealed text is bound to clinic, table, row, column and owner: moved anywhere else it does not
open. This is server-side encryption: it does not protect against a live, compromised server process.

Formats, all starting with a version byte 1: wrapped key = 1 | master key id (4) | nonce (12) | ciphertext (48);
sealed text = 1 | nonce (12) | ciphertext. Source: NIST SP 800-38D (GCM, 96-bit random nonces).
"""

import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

__all__ = ["DataKey", "SealBroken", "Vault"]

KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID_BYTES = 4
_VERSION = b"\x01"
_OPEN_KEYS = 4096


class SealBroken(Exception):
    """Sealed text did not open: wrong key, moved, truncated or altered. An alarm, never a wrong text."""


class DataKey:
    """One owner's key, ready to seal and open."""

    __slots__ = ("_cipher", "context")

    def __init__(self, key: bytes, context: bytes) -> None:
        """`context` (clinic and owner) becomes part of everything this key seals."""
        self._cipher = AESGCM(key)
        self.context = context

    def seal(self, text: bytes, place: bytes) -> bytes:
        """Seal `text` for one `place`: table, row and column."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, text, self.context + place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """The text sealed for this `place`. Raises SealBroken."""
        if sealed[:1] != _VERSION:
            raise SealBroken
        try:
            return self._cipher.decrypt(sealed[1:13], sealed[13:], self.context + place)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


class Vault:
    """The master key's uses: wrapping data keys, deriving secrets, blind indexes."""

    def __init__(self, master_key: bytes) -> None:
        """`master_key` is 32 random bytes. Raises ValueError for any other length."""
        if len(master_key) != KEY_BYTES:
            msg = f"the master key must have {KEY_BYTES} bytes"
            raise ValueError(msg)
        self._master = master_key
        self._wrapping = AESGCM(self.derive("wrapping"))
        self._key_id = self.derive("key-id")[:_KEY_ID_BYTES]
        self._index_key = self.derive("blind-index")
        self._open_keys: dict[bytes, DataKey] = {}

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose (HKDF-SHA256, RFC 5869), the same in every process with this master key."""
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(self._master)

    def new_key(self, clinic_id: UUID, owner_id: UUID) -> bytes:
        """A new data key for an owner, wrapped for storage."""
        nonce = os.urandom(_NONCE_BYTES)
        context = clinic_id.bytes + owner_id.bytes
        wrapped = self._wrapping.encrypt(nonce, os.urandom(KEY_BYTES), self._key_id + context)
        return _VERSION + self._key_id + nonce + wrapped

    def unwrap(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> DataKey:
        """The data key in `wrapped`; remembered by its wrapped bytes, so a destroyed key is never found here.

        Raises SealBroken where it is not the key of this owner.
        """
        context = clinic_id.bytes + owner_id.bytes
        key = self._open_keys.get(wrapped)
        if key is None:
            key = self._unwrap(wrapped, context)
            if len(self._open_keys) >= _OPEN_KEYS:
                self._open_keys.clear()
            self._open_keys[wrapped] = key
        if key.context != context:
            raise SealBroken
        return key

    def _unwrap(self, wrapped: bytes, context: bytes) -> DataKey:
        header, nonce, body = wrapped[:5], wrapped[5:17], wrapped[17:]
        if header != _VERSION + self._key_id:
            raise SealBroken
        try:
            return DataKey(self._wrapping.decrypt(nonce, body, self._key_id + context), context)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error

    def blind_index(self, purpose: str, value: str, clinic_id: UUID | None = None) -> bytes:
        """16 bytes that are equal for equal values and tell nothing else without the master key."""
        scope = clinic_id.bytes if clinic_id else b""
        message = purpose.encode() + b"\x00" + scope + b"\x00" + value.encode()
        return hmac.new(self._index_key, message, hashlib.sha256).digest()[:16]


def place(table: str, row_id: UUID, column: str) -> bytes:
    """Where a sealed text lives: part of what it is bound to."""
    return _column(table, column) + row_id.bytes


@lru_cache
def _column(table: str, column: str) -> bytes:
    return f"{table}\x00{column}\x00".encode()
