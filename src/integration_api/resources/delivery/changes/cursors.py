"""Cursors of the change feed: signed, opaque, and good for one account, one epoch and one history of the ledger.

The last seal that the cursor knows is in it, by number and by the first bytes of its head. So a database that was
restored, and has gone on otherwise since, is recognized.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

from integration_api.web.errors import Invalid

_LAYOUT = struct.Struct(">BqqqIq8s")
_VERSION = 1
_MAC_BYTES = 16
HEAD_BYTES = 8
FIRST_SEQUENCE = -(2**62)
"""Before everything: what was there before the feed has negative sequences."""
_NOT_OURS = "not a cursor of this feed with this chart, given to this account; begin without one"


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a client in its feed."""

    sequence: int
    """The last change that it was told of."""
    since: int
    """The sequence at which it began: what was gone by then is not told."""
    epoch: int
    seal_number: int
    head: bytes
    sealed_at: int
    """Seconds since 1970, of that seal."""

    def write(self, key: bytes) -> str:
        """Return the text of the cursor, signed."""
        packed = _LAYOUT.pack(
            _VERSION, self.sequence, self.since, self.sealed_at, self.epoch, self.seal_number, self.head
        )
        return base64.urlsafe_b64encode(packed + _mac(packed, key)).decode().rstrip("=")


def read(text: str, *keys: bytes, field: str = "query.cursor") -> Cursor:
    """Return the cursor of a text. Raises Invalid, about `field`, for one that was signed with none of these keys."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        packed, mac = raw[: _LAYOUT.size], raw[_LAYOUT.size :]
        if not any(hmac.compare_digest(mac, _mac(packed, key)) for key in keys):
            raise ValueError
        version, sequence, since, sealed_at, epoch, number, head = _LAYOUT.unpack(packed)
        if version != _VERSION:
            raise ValueError
    except (ValueError, binascii.Error, struct.error) as error:
        raise Invalid(errors=[{"field": field, "code": "invalid_cursor", "message": _NOT_OURS}]) from error
    return Cursor(sequence, since, epoch, number, head, sealed_at)


def _mac(packed: bytes, key: bytes) -> bytes:
    return hmac.new(key, packed, hashlib.sha256).digest()[:_MAC_BYTES]
