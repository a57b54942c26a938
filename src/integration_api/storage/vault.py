"""Sealed text: envelope encryption, so that neither the database nor a backup of it can be read.

A master key (32 bytes, outside the database) wraps one random data key per owner; a data key seals text with
AES-256-GCM. Every sealed text is bound to clinic, owner, table, row, column and the row's version: moved anywhere
else, or put back from an older version, it does not open. This is server-side encryption: it does not protect
against a live, compromised server process.

The master key wraps, and nothing else, so that it can be exchanged. What must outlive it (signatures, cursors, blind
indexes) is derived from the root secret: random, kept wrapped like a data key, in the row of `NOBODY`.

Formats: wrapped key = 1 | master key id (4) | nonce (12) | ciphertext (48); sealed text = 2 | nonce (12) | ciphertext.
Source: NIST SP 800-38D (GCM, 96-bit random nonces).
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

KEY_BYTES = 32
HEADER_BYTES = 5
"""A wrapped key begins with its format and the id of the master key that wrapped it."""
NOBODY = UUID(int=0)
"""Clinic and owner of the root secret."""
_NONCE_BYTES = 12
_KEY_ID_BYTES = 4
_TEXT_FORMAT, _KEY_FORMAT = b"\x02", b"\x01"
_OPEN_KEYS = 512  # 2.5 KB each, and 5 us to open again


class SealBroken(Exception):
    """Sealed text did not open: wrong key, moved, rolled back, truncated or altered. An alarm, never a wrong text."""


class DataKey:
    """One owner's key, ready to seal and open."""

    __slots__ = ("_cipher", "context")

    def __init__(self, key: bytes, context: bytes) -> None:
        """`context` (clinic and owner) becomes part of everything this key seals."""
        self._cipher = AESGCM(key)
        self.context = context

    def seal(self, text: bytes, place: bytes) -> bytes:
        """Seal `text` for one `place`: table, row, column and version."""
        nonce = os.urandom(_NONCE_BYTES)
        return _TEXT_FORMAT + nonce + self._cipher.encrypt(nonce, text, self.context + place)

    def open(self, sealed: bytes, place: bytes) -> bytes:
        """The text sealed for this `place`. Raises SealBroken."""
        if sealed[:1] != _TEXT_FORMAT:
            raise SealBroken
        try:
            return self._cipher.decrypt(sealed[1:13], sealed[13:], self.context + place)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


class _MasterKey:
    """What wraps keys."""

    __slots__ = ("cipher", "header")

    def __init__(self, key: bytes) -> None:
        """`key` is 32 random bytes. Raises ValueError for any other length."""
        if len(key) != KEY_BYTES:
            msg = f"the master key must have {KEY_BYTES} bytes"
            raise ValueError(msg)
        self.cipher = AESGCM(_derived(key, "wrapping"))
        self.header = _KEY_FORMAT + _derived(key, "key-id")[:_KEY_ID_BYTES]


class Vault:
    """Wrapping data keys with the master key; deriving secrets and blind indexes from the root."""

    def __init__(self, master_key: bytes, previous_key: bytes | None = None) -> None:
        """`master_key` wraps; keys wrapped by `previous_key` are opened too, as long as it is given."""
        self._master = _MasterKey(master_key)
        masters = [self._master, *([_MasterKey(previous_key)] if previous_key is not None else [])]
        self._masters = {master.header: master for master in masters}
        self._root: bytes | None = None
        self._index_key = b""
        self._open_keys: dict[bytes, DataKey] = {}

    # ── the root ──

    def new_root(self) -> bytes:
        """A random root secret, wrapped for storage."""
        return self.new_key(NOBODY, NOBODY)

    def unlock(self, wrapped_root: bytes) -> None:
        """Use this root from now on. Raises SealBroken."""
        self.unlock_with(self._opened(wrapped_root, NOBODY.bytes + NOBODY.bytes))

    def unlock_with(self, root: bytes) -> None:
        """Use this root, which is at hand."""
        self._root = root
        self._index_key = self.derive("blind-index")

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose, the same in every process with this root, whatever the master key."""
        if self._root is None:
            msg = "the vault was not unlocked"
            raise RuntimeError(msg)
        return _derived(self._root, purpose)

    def blind_index(self, purpose: str, value: str, clinic_id: UUID | None = None) -> bytes:
        """16 bytes that are equal for equal values and tell nothing else without the root."""
        if self._root is None:
            msg = "the vault was not unlocked"
            raise RuntimeError(msg)
        scope = clinic_id.bytes if clinic_id else b""
        message = purpose.encode() + b"\x00" + scope + b"\x00" + value.encode()
        return hmac.new(self._index_key, message, hashlib.sha256).digest()[:16]

    # ── wrapped keys ──

    @property
    def header(self) -> bytes:
        """How every key begins that is wrapped now."""
        return self._master.header

    def accepts(self, wrapped: bytes) -> bool:
        """Whether the master key that wrapped this is at hand."""
        return wrapped[:HEADER_BYTES] in self._masters

    def new_key(self, clinic_id: UUID, owner_id: UUID) -> bytes:
        """A new data key for an owner, wrapped for storage."""
        return self._wrap(os.urandom(KEY_BYTES), clinic_id, owner_id)

    def rewrap(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> bytes:
        """The same key, wrapped by the master key of now. Raises SealBroken."""
        return self._wrap(self._opened(wrapped, clinic_id.bytes + owner_id.bytes), clinic_id, owner_id)

    def unwrap(self, wrapped: bytes, clinic_id: UUID, owner_id: UUID) -> DataKey:
        """The data key in `wrapped`; remembered by its wrapped bytes, so a destroyed key is never found here.

        Raises SealBroken where it is not the key of this owner.
        """
        context = clinic_id.bytes + owner_id.bytes
        key = self._open_keys.get(wrapped)
        if key is None:
            key = DataKey(self._opened(wrapped, context), context)
            if len(self._open_keys) >= _OPEN_KEYS:
                self._open_keys.clear()
            self._open_keys[wrapped] = key
        if key.context != context:
            raise SealBroken
        return key

    def forget(self, clinic_id: UUID, owner_id: UUID) -> None:
        """An owner's key was destroyed: this process does not keep it either."""
        context = clinic_id.bytes + owner_id.bytes
        self._open_keys = {wrapped: key for wrapped, key in self._open_keys.items() if key.context != context}

    def _wrap(self, key: bytes, clinic_id: UUID, owner_id: UUID) -> bytes:
        nonce, header = os.urandom(_NONCE_BYTES), self._master.header
        return header + nonce + self._master.cipher.encrypt(nonce, key, header[1:] + clinic_id.bytes + owner_id.bytes)

    def _opened(self, wrapped: bytes, context: bytes) -> bytes:
        master = self._masters.get(wrapped[:HEADER_BYTES])
        if master is None:
            raise SealBroken
        try:
            return master.cipher.decrypt(wrapped[5:17], wrapped[17:], master.header[1:] + context)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


def place(table: str, row_id: UUID, column: str, version: int = 0) -> bytes:
    """Where a sealed text lives, and in which version of its row: part of what it is bound to."""
    return _column(table, column) + row_id.bytes + version.to_bytes(8, "big", signed=True)


@lru_cache
def _column(table: str, column: str) -> bytes:
    return f"{table}\x00{column}\x00".encode()


def _derived(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose. Source: HKDF-SHA256, RFC 5869."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(secret)
