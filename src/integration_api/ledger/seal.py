"""The format of a seal: bytes of a ledger row, tree over a batch of rows, head over the tree, signature.

Anybody can check a seal from this description, without this program. All numbers are big-endian; `u32` and `i64` are
their widths. A *field* is `00` for null, else `01`, the length as u32, and that many bytes.

- row: `integration-journal-row-` and the encoding's number in ASCII, then one field for each of its columns, in order.
  A uuid is its 16 bytes. A time is an i64, the microseconds since 1970-01-01T00:00:00Z. A boolean is one byte, 00 or
  01. Text and fixed words are UTF-8. Bytes are themselves. So null and empty differ, and no two rows have the same
  bytes.
- leaf: SHA-256 of `00` and the row.
- root: the Merkle tree of RFC 6962 over the leaves in the order of their positions. A node is SHA-256 of `01`, the left
  hash and the right hash. The left side takes the largest power of two smaller than the number of leaves.
- head: SHA-256 of `02` and one field each for: clinic, id, number (i64), encoding (i64), first position (i64), count
  (i64), root. Then, in the same hash, fields for the head before (32 zero bytes before the first), public key, sealed
  at, reached at.
- signed: Ed25519 (RFC 8032) over `integration-journal-head-1` and the head.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from integration_api.ledger.tables import SealRow

Kind = Literal["uuid", "time", "text", "boolean", "bytes"]

ENCODING = 2
_FIRST: Mapping[str, Kind] = {
    "clinic_id": "uuid",
    "id": "uuid",
    "at": "time",
    "event": "text",
    "action": "text",
    "outcome": "text",
    "reason": "text",
    "actor_id": "uuid",
    "actor_role": "text",
    "subject_id": "uuid",
    "patient_id": "uuid",
    "purpose": "text",
    "digest": "bytes",
    "is_private": "boolean",
    "request_id": "text",
}
COLUMNS: Mapping[int, Mapping[str, Kind]] = {1: _FIRST, 2: {**_FIRST, "changed": "text"}}
"""The columns that each encoding holds. A new column of the ledger is a new encoding; what is sealed keeps its own."""

NO_HEAD = bytes(32)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  beside SQLite's text, which names no zone
_MICROSECOND = timedelta(microseconds=1)
_SIGNED = b"integration-journal-head-1"
_DIGITS = 32


class NotCanonical(ValueError):
    """A value is not written as the product writes it: another type, another spelling."""


def _field(found: bytes) -> bytes:
    return b"\x01" + len(found).to_bytes(4, "big") + found


def _int(value: int) -> bytes:
    return value.to_bytes(8, "big", signed=True)


_OF_16, _OF_8, _NULL = _field(bytes(16))[:5], _field(bytes(8))[:5], b"\x00"
_YES, _NO = _field(b"\x01"), _field(b"\x00")


def _uuid(value: object) -> bytes:
    """SQLite holds 32 lower-case digits."""
    if isinstance(value, UUID):
        return _OF_16 + value.bytes
    if isinstance(value, str) and len(value) == _DIGITS and value.isalnum() and value == value.lower():
        return _OF_16 + bytes.fromhex(value)
    raise NotCanonical


def _time(value: object) -> bytes:
    """SQLite holds `2026-11-23 09:30:00.000000`, in UTC."""
    if isinstance(value, str):
        parsed = datetime.fromisoformat(value)
        if parsed.tzinfo is not None or parsed.isoformat(" ", "microseconds") != value:
            raise NotCanonical
        return _OF_8 + _int((parsed - _NAIVE_EPOCH) // _MICROSECOND)
    if isinstance(value, datetime):
        return _OF_8 + _int((value - _EPOCH) // _MICROSECOND)
    raise NotCanonical


def _text(value: object) -> bytes:
    if isinstance(value, str):
        return _field(value.encode())
    raise NotCanonical


def _boolean(value: object) -> bytes:
    """SQLite holds 0 or 1."""
    if value in (False, True) and isinstance(value, int):
        return _YES if value else _NO
    raise NotCanonical


def _bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return _field(value)
    raise NotCanonical


_BY_KIND: Mapping[Kind, Callable[[object], bytes]] = {
    "uuid": _uuid,
    "time": _time,
    "text": _text,
    "boolean": _boolean,
    "bytes": _bytes,
}
_WRITERS = {
    encoding: tuple((name, _BY_KIND[kind]) for name, kind in columns.items()) for encoding, columns in COLUMNS.items()
}
_LATER = {encoding: tuple(COLUMNS[ENCODING].keys() - columns.keys()) for encoding, columns in COLUMNS.items()}
"""The columns that an encoding does not hold, which are null in its rows: else they were filled in later."""


def row_bytes(row: Mapping[str, object], encoding: int = ENCODING) -> bytes:
    """Return the canonical bytes of a ledger row, from the product's values or those of a driver.

    Raises KeyError for an unknown encoding, ValueError for a value that the product does not write.
    """
    if any(row.get(name) is not None for name in _LATER[encoding]):
        raise NotCanonical
    fields = [_NULL if row[name] is None else write(row[name]) for name, write in _WRITERS[encoding]]
    return b"integration-journal-row-%d" % encoding + b"".join(fields)


def leaf_of(row: Mapping[str, object], encoding: int = ENCODING) -> bytes:
    """Return the leaf of a ledger row. Raises as `row_bytes`."""
    return hashlib.sha256(b"\x00" + row_bytes(row, encoding)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    return 1 << (count - 1).bit_length() - 1


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over one leaf or more. Pairs level by level, an odd one moving up: the tree of RFC 6962."""
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def path_of(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from one leaf to the root, nearest first (RFC 6962, 2.1.1)."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*path_of(leaves[:split], index), root_of(leaves[split:])]
    return [*path_of(leaves[split:], index - split), root_of(leaves[:split])]


def root_from(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that a path leads to, or None if its length does not fit this place in this tree."""
    if not 0 <= index < count:
        return None
    if count == 1:
        return leaf if not path else None
    if not path:
        return None
    split = _split(count)
    if index < split:
        below = root_from(leaf, index, split, path[:-1])
        return None if below is None else _node(below, path[-1])
    below = root_from(leaf, index - split, count - split, path[:-1])
    return None if below is None else _node(path[-1], below)


def head_of(seal: SealRow) -> bytes:
    """Return the head: a hash over all facts of a seal but the head and the signature."""
    numbers = (seal.number, seal.encoding, seal.first_position, seal.row_count)
    facts = (
        _uuid(seal.clinic_id),
        _uuid(seal.id),
        *(_field(_int(number)) for number in numbers),
        _field(seal.root),
        _field(seal.previous_head),
        _field(seal.public_key),
        _time(seal.sealed_at),
        _time(seal.reached_at),
    )
    return hashlib.sha256(b"\x02" + b"".join(facts)).digest()


def key_id_of(public_key: bytes) -> bytes:
    """Return a short name of a public key: the first 8 bytes of its SHA-256."""
    return hashlib.sha256(public_key).digest()[:8]


def is_signed(head: bytes, signature: bytes, public_key: bytes, kind: bytes = _SIGNED) -> bool:
    """Return whether the owner of this key signed the head, or a hash of another kind."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, kind + head)
    except (InvalidSignature, ValueError):
        return False
    return True


class Signer:
    """The signing key of the ledger."""

    def __init__(self, seed: bytes) -> None:
        """`seed` is 32 bytes, from the vault: `vault.derive("ledger-signing")`."""
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes_raw()
        self.key_id = key_id_of(self.public_key)

    def sign(self, head: bytes, kind: bytes = _SIGNED) -> bytes:
        """Return the signature: 64 bytes. A hash that is no head has a `kind` of its own, and does not pass for one."""
        return self._key.sign(kind + head)
