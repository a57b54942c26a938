"""Values of columns as bytes, so that no two values or lists of values have the same bytes.

Bindings of rows and associated data of ciphertexts are made of them. A changed encoding invalidates all stored ones.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def canonical(values: Iterable[object]) -> bytes:
    """Return values and their types as bytes, each with its length. Raises TypeError for what no column holds."""
    return b"".join(_framed(_encoded(value)) for value in values)


def _framed(part: bytes) -> bytes:
    return len(part).to_bytes(4, "big") + part


def _encoded(value: object) -> bytes:
    if value is None:
        return b"-"
    for kind, encode in _ENCODERS.items():
        if isinstance(value, kind):
            return encode(value)
    msg = f"no column holds a {type(value).__name__}"
    raise TypeError(msg)


_ENCODERS: Mapping[type, Callable[[Any], bytes]] = {
    UUID: lambda value: b"u" + value.bytes,
    int: lambda value: b"i%d" % value,  # a boolean too: SQLite has none
    datetime: lambda value: b"t%d" % ((value - _EPOCH) // _MICROSECOND),
    str: lambda value: b"s" + value.encode(),
    bytes: lambda value: b"b" + value,
    list: lambda value: b"l" + canonical(value),
}
