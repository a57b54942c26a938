"""Envelope encryption of text, so that neither the database nor a backup of it can be read.

A master key (32 bytes, outside the database) wraps one random data key for each owner. A data key encrypts text with
AES-256-GCM. The associated data of a ciphertext are clinic, owner, table, row, column and the row's version. A table
may bind its text to further columns (`bound_columns`). A ciphertext that was moved, or put back from an older version,
does not decrypt. This is server-side encryption: it does not protect against a compromised server process.

The master key does nothing but wrap keys, so that it can be rotated. Signing keys, cursors and blind indexes must
outlive it, so they are derived from the root secret. That is random, and stored wrapped in the row of `NOBODY`.

While a data key is exchanged, two are wrapped together, the new one first: it encrypts, and both decrypt.

Formats: wrapped key = 1 | master key id (4) | nonce (12) | ciphertext (48, or 80 of two keys); text = 2 | nonce (12) |
ciphertext.
Source: NIST SP 800-38D (GCM, 96-bit random nonces).
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from integration_api.core.canonical import canonical

KEY_BYTES = 32
HEADER_BYTES = 5
"""The length of a wrapped key's prefix: its format and the id of its master key."""
NOBODY = UUID(int=0)
"""Clinic and owner of the root secret."""
_NONCE_BYTES = 12
_KEY_ID_BYTES = 4
_TEXT_FORMAT, _KEY_FORMAT = b"\x02", b"\x01"
_OPEN_KEYS = 512  # 2.5 KB each; unwrapping one again takes 5 µs


class DecryptionFailed(Exception):
    """A ciphertext did not decrypt: wrong key, or moved, rolled back, truncated or altered. It is always an alarm."""


class DataKey:
    """The data key of one owner, unwrapped; while it is exchanged, with the `older` one, which only decrypts."""

    __slots__ = ("_cipher", "_key", "context", "older")

    def __init__(self, keys: bytes, context: bytes) -> None:
        """Make `context` (clinic and owner) part of the associated data of every ciphertext. `keys` are one or two."""
        self._key = keys[:KEY_BYTES]
        self._cipher, self.context = AESGCM(self._key), context
        self.older = DataKey(keys[KEY_BYTES:], context) if keys[KEY_BYTES:] else None

    @property
    def newest(self) -> "DataKey":
        """Return the key that encrypts, alone."""
        return DataKey(self._key, self.context) if self.older else self

    def is_same(self, other: "DataKey") -> bool:
        """Return whether both encrypt under the same key."""
        return hmac.compare_digest(self._key, other._key)

    def encrypt(self, text: bytes, associated: bytes) -> bytes:
        """Encrypt `text`, bound to `associated`: table, row, column and version."""
        nonce = os.urandom(_NONCE_BYTES)
        return _TEXT_FORMAT + nonce + self._cipher.encrypt(nonce, text, self.context + associated)

    def decrypt(self, ciphertext: bytes, associated: bytes) -> bytes:
        """Decrypt a text that is bound to `associated`. Raises DecryptionFailed."""
        if ciphertext[:1] != _TEXT_FORMAT:
            raise DecryptionFailed
        try:
            return self._cipher.decrypt(ciphertext[1:13], ciphertext[13:], self.context + associated)
        except (InvalidTag, ValueError) as error:
            if self.older is None:
                raise DecryptionFailed from error
        return self.older.decrypt(ciphertext, associated)

    def blind_index(self, purpose: str, values: Iterable[str]) -> dict[str, bytes]:
        """Return 16 bytes for each value, equal for equal ones of this owner. Without the key they reveal nothing."""
        index_key = _derived(self._key, "blind-index")
        return {
            value: hmac.new(index_key, purpose.encode() + b"\x00" + value.encode(), hashlib.sha256).digest()[:16]
            for value in values
        }


class _MasterKey:
    """A master key, which wraps data keys."""

    __slots__ = ("cipher", "header")

    def __init__(self, key: bytes) -> None:
        """Take 32 random bytes. Raises ValueError for any other length."""
        if len(key) != KEY_BYTES:
            msg = f"the master key must have {KEY_BYTES} bytes"
            raise ValueError(msg)
        self.cipher = AESGCM(_derived(key, "wrapping"))
        self.header = _KEY_FORMAT + _derived(key, "key-id")[:_KEY_ID_BYTES]


class Vault:
    """The keys of one process: wraps data keys, and derives secrets and blind indexes from the root secret."""

    def __init__(self, master_key: bytes, previous_key: bytes | None = None) -> None:
        """Wrap with `master_key`; unwrap keys of `previous_key` too, if it is given."""
        self._master = _MasterKey(master_key)
        masters = [self._master, *([_MasterKey(previous_key)] if previous_key is not None else [])]
        self._masters = {master.header: master for master in masters}
        self._root: bytes | None = None
        self._index_key = b""
        self._open_keys: dict[bytes, DataKey] = {}

    # ── the root ──

    def new_root(self) -> bytes:
        """Return a new random root secret, wrapped for storage."""
        return self.new_key(NOBODY, NOBODY)

    def unlock(self, wrapped_root: bytes) -> None:
        """Unwrap the root secret and use it from now on. Raises DecryptionFailed."""
        self.unlock_with(self._opened(wrapped_root, NOBODY.bytes + NOBODY.bytes))

    def unlock_with(self, root: bytes) -> None:
        """Use this root secret, given unwrapped."""
        self._root = root
        self._index_key = self.derive("blind-index")

    def derive(self, purpose: str) -> bytes:
        """Derive 32 bytes for one purpose: equal in every process with this root secret, whatever the master key."""
        if self._root is None:
            msg = "the vault was not unlocked"
            raise RuntimeError(msg)
        return _derived(self._root, purpose)

    def blind_index(self, purpose: str, value: str, clinic_id: UUID | None = None) -> bytes:
        """Return 16 bytes that are equal for equal values and reveal nothing else without the root secret."""
        if self._root is None:
            msg = "the vault was not unlocked"
            raise RuntimeError(msg)
        scope = clinic_id.bytes if clinic_id else b""
        message = purpose.encode() + b"\x00" + scope + b"\x00" + value.encode()
        return hmac.new(self._index_key, message, hashlib.sha256).digest()[:16]

    # ── wrapped keys ──

    @property
    def header(self) -> bytes:
        """Return the prefix of keys that are wrapped now."""
        return self._master.header

    def accepts(self, wrapped: bytes) -> bool:
        """Return whether the master key that wrapped this is known."""
        return wrapped[:HEADER_BYTES] in self._masters

    def new_key(self, clinic_id: UUID, owner_id: UUID) -> bytes:
        """Return a new data key for an owner, wrapped for storage."""
        return self._wrap(os.urandom(KEY_BYTES), clinic_id, owner_id)

    def rewrap(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> bytes:
        """Wrap a key anew with the current master key. Raises DecryptionFailed."""
        return self._wrap(self._opened(wrapped, clinic_id.bytes + owner_id.bytes), clinic_id, owner_id)

    def with_new_key(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> bytes:
        """Return a new key and, behind it, the one that encrypts now; the same if there are two. For storage.

        Raises DecryptionFailed.
        """
        keys = self._opened(wrapped, clinic_id.bytes + owner_id.bytes)
        return wrapped if keys[KEY_BYTES:] else self._wrap(os.urandom(KEY_BYTES) + keys, clinic_id, owner_id)

    def without_older_key(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> bytes:
        """Return the key that encrypts, alone. For storage. Raises DecryptionFailed."""
        keys = self._opened(wrapped, clinic_id.bytes + owner_id.bytes)
        return self._wrap(keys[:KEY_BYTES], clinic_id, owner_id) if keys[KEY_BYTES:] else wrapped

    def unwrap(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> DataKey:
        """Unwrap a data key. The cache is by wrapped bytes, so a destroyed key cannot be looked up in it.

        Raises DecryptionFailed if it is not the key of this owner.
        """
        context = clinic_id.bytes + owner_id.bytes
        key = self._open_keys.get(wrapped)
        if key is None:
            key = DataKey(self._opened(wrapped, context), context)
            if len(self._open_keys) >= _OPEN_KEYS:
                self._open_keys.clear()
            self._open_keys[wrapped] = key
        if key.context != context:
            raise DecryptionFailed
        return key

    def forget(self, clinic_id: UUID, owner_id: UUID) -> None:
        """Drop an owner's destroyed key from the cache."""
        context = clinic_id.bytes + owner_id.bytes
        self._open_keys = {wrapped: key for wrapped, key in self._open_keys.items() if key.context != context}

    def _wrap(self, key: bytes, clinic_id: UUID, owner_id: UUID) -> bytes:
        nonce, header = os.urandom(_NONCE_BYTES), self._master.header
        return header + nonce + self._master.cipher.encrypt(nonce, key, header[1:] + clinic_id.bytes + owner_id.bytes)

    def _opened(self, wrapped: bytes, context: bytes) -> bytes:
        master = self._masters.get(wrapped[:HEADER_BYTES])
        if master is None:
            raise DecryptionFailed
        try:
            return master.cipher.decrypt(wrapped[5:17], wrapped[17:], master.header[1:] + context)
        except (InvalidTag, ValueError) as error:
            raise DecryptionFailed from error


def associated_data(table: str, row_id: UUID, column: str, version: int = 0, bound: Sequence[object] = ()) -> bytes:
    """Return the associated data of one column in one version of a row, whose bound columns have these values."""
    row = row_id.bytes + version.to_bytes(8, "big", signed=True)
    return _column(table, column) + row + (canonical(bound) if bound else b"")


@lru_cache
def _column(table: str, column: str) -> bytes:
    return f"{table}\x00{column}\x00".encode()


def _derived(secret: bytes, purpose: str) -> bytes:
    """Derive 32 bytes for one purpose. Source: HKDF-SHA256, RFC 5869."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)
